import type { z } from 'zod';
import type { OrganizationsQuery, OrganizationView } from '../../../contract/api/organization.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser, isAllowed } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { countOrganizations, namedOrganizations } from '../../store/organizations.ts';
import { organizationByName } from '../../store/organization-details.ts';
import { readProject } from '../../store/project.ts';
import { organizationView } from './organization-view.ts';
import { listReader, PAGE_ROWS } from '../list-order.ts';

/** A page of the organizations, and how many there are; none for a stranger to a project that is not public. */
export const listOrganizations = async (
  context: ServiceContext,
  requester: Requester,
  query: z.infer<typeof OrganizationsQuery>,
): Promise<{
  readonly organizations: Awaited<ReturnType<typeof namedOrganizations>>;
  readonly total: number;
}> => {
  const db = context.db.reader;
  const isOpen = isAllowed(requester.principal, 'project.read_full') || (await readProject(db)).public !== 0;
  if (!isOpen) {
    return { organizations: [], total: 0 };
  }
  const { q = '', offset = 0, limit = PAGE_ROWS } = query;
  const reader = listReader(context.db, q);
  return {
    organizations: await namedOrganizations(reader, { q, offset, limit }),
    total: await countOrganizations(reader, q),
  };
};

/** Describes one organization. @throws ApiError `not_found` */
export const readOrganization = async (
  context: ServiceContext,
  requester: Requester,
  name: string,
): Promise<OrganizationView> => {
  const principal = authorizeUser(requester.principal, 'organizations.read');
  const row = name === '' ? undefined : await organizationByName(context.db.reader, name);
  if (row === undefined) {
    throw new ApiError('not_found', 'There is no such organization.');
  }
  return organizationView(context.db.reader, row, principal);
};
