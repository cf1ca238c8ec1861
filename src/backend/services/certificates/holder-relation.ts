import type { RequestHolder } from '../../../contract/api/requests.ts';
import type { Relation } from '../../auth/authorization.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Reader } from '../../store/database.ts';
import { clientById } from '../../store/sites.ts';
import { userById } from '../../store/users.ts';
import { relationTo } from '../sites/site-view.ts';

const isSameOrganization = (one: Principal, other: { readonly organization: string }): boolean =>
  one.organization !== '' && one.organization === other.organization;

/**
 * How the requester stands to a holder: `own` may be renewed, `organization` is seen by the org admins of the holder's
 * organization, who know whom to remind.
 */
export const relationOf = async (
  db: Reader,
  principal: Principal,
  { kind, id }: RequestHolder,
): Promise<Relation> => {
  if (kind === 'user') {
    if (id === principal.id) {
      return 'own';
    }
    const user = principal.role === 'org_admin' ? await userById(db, id) : undefined;
    return user !== undefined && isSameOrganization(principal, user) ? 'organization' : 'foreign';
  }
  const site = kind === 'client' && principal.role === 'org_admin' ? await clientById(db, id) : undefined;
  return site === undefined ? 'foreign' : relationTo(principal, site);
};
