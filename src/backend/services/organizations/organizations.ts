import { isAllowed } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { organizationNames } from '../../store/organizations.ts';
import { readProject } from '../../store/project.ts';

/** Names of all organizations in the project; none for a stranger to a project that is not public. */
export const listOrganizations = async (
  context: ServiceContext,
  requester: Requester,
): Promise<readonly string[]> => {
  const db = context.db.reader;
  const isOpen = isAllowed(requester.principal, 'project.read_full') || (await readProject(db)).public !== 0;
  return isOpen ? organizationNames(db) : [];
};
