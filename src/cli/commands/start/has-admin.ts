import { CliError } from '../../errors/cli-error.ts';
import { readProjectOverview } from '../../folder/project-overview.ts';
import type { Runtime } from '../../runtime.ts';

/**
 * Tells whether a folder's project has a project admin: a first start that failed may leave a database without one.
 *
 * @returns undefined where that cannot be read from here
 */
export const hasAdmin = async (folder: string, runtime: Runtime): Promise<boolean | undefined> => {
  try {
    const overview = await readProjectOverview(folder, runtime, runtime.uid);
    return overview === undefined ? undefined : overview.admins > 0;
  } catch (error) {
    if (error instanceof CliError) {
      return undefined;
    }
    throw error;
  }
};
