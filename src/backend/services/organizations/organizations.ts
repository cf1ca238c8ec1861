import type { z } from 'zod';
import type { OrganizationsQuery } from '../../../contract/api/project.ts';
import { isAllowed } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { countOrganizations, organizationNames } from '../../store/organizations.ts';
import { readProject } from '../../store/project.ts';
import { PAGE_ROWS } from '../list-order.ts';

/** A page of the organizations' names, and how many there are; none for a stranger to a project that is not public. */
export const listOrganizations = async (
  context: ServiceContext,
  requester: Requester,
  query: z.infer<typeof OrganizationsQuery>,
): Promise<{ readonly names: readonly string[]; readonly total: number }> => {
  const db = context.db.reader;
  const isOpen = isAllowed(requester.principal, 'project.read_full') || (await readProject(db)).public !== 0;
  if (!isOpen) {
    return { names: [], total: 0 };
  }
  const { q = '', offset = 0, limit = PAGE_ROWS } = query;
  return { names: await organizationNames(db, { q, offset, limit }), total: await countOrganizations(db, q) };
};
