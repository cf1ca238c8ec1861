import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OTHERS_BITS, SECRET_PATHS } from '../../contract/secret-paths.ts';

/**
 * Returns the keys, databases and the folder of a project that others than their owner can open; undefined without
 * any.
 */
export const openPaths = async (folder: string): Promise<readonly string[] | undefined> => {
  const found = await Promise.all(
    SECRET_PATHS.map(async (name) => ({
      name,
      path: join(folder, name),
      facts: await stat(join(folder, name)).catch(() => undefined),
    })),
  );
  const present = found.filter(({ facts }) => facts !== undefined);
  if (present.every(({ name }) => name === '')) {
    return undefined;
  }
  return present.filter(({ facts }) => ((facts?.mode ?? 0) & OTHERS_BITS) !== 0).map(({ path }) => path);
};
