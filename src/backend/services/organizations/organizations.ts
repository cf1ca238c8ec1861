import type { ServiceContext } from '../../context/context.ts';
import { organizationNames } from '../../store/organizations.ts';

/** Names of all organizations in the project. */
export const listOrganizations = (context: ServiceContext): Promise<readonly string[]> =>
  organizationNames(context.db.reader);
