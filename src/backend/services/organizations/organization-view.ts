import type { OrganizationView } from '../../../contract/api/organization.ts';
import { similarNames } from '../../../contract/similar-names.ts';
import { isAllowed } from '../../auth/authorization.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { countCertificatesOf, countMembers } from '../../store/organization-details.ts';
import { organizationNames } from '../../store/organizations.ts';
import type { OrganizationRow } from '../../store/schema.ts';

const ALL = { q: '', offset: 0, limit: 10_000 };

/** An organization as the requester may see it. */
export const organizationView = async (
  db: Reader | Trx,
  { id, name, display_name, contacts }: OrganizationRow,
  principal: Principal,
): Promise<OrganizationView> => {
  const isInsider = principal.organization === name && principal.approval === 'approved';
  const sees = isInsider || isAllowed(principal, 'organizations.change');
  return {
    name,
    display_name,
    contacts: sees ? contacts : '',
    ...(await countMembers(db, id)),
    certificates: await countCertificatesOf(db, name),
    similar: [...similarNames(name, await organizationNames(db, ALL))],
  };
};
