import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OTHERS_BITS, SECRET_PATHS } from '../../contract/secret-paths.ts';
import type { ServerLog } from '../context/context.ts';

const OWNER_BITS = 0o700;
/** Of what belongs to somebody else, the group may be this backend's own. */
const WORLD_BITS = 0o007;

const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(3, '0');

/**
 * Closes the database, the keys and their folder to others where they belong to this backend's user, as NVIDIA's
 * dashboard leaves them readable, and warns of what belongs to somebody else. Before the database is opened: files
 * beside it take its mode.
 *
 * @returns how many lines it logged
 */
export const secureFiles = async (folder: string, log: ServerLog): Promise<number> => {
  const uid = process.getuid?.();
  if (uid === undefined) {
    return 0;
  }
  let lines = 0;
  // Before the first start there is nothing that others could have read.
  const isNew = (await stat(join(folder, 'db.sqlite')).catch(() => undefined)) === undefined;
  for (const name of SECRET_PATHS) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || (found.mode & OTHERS_BITS) === 0) {
      continue;
    }
    const mode = found.mode & OWNER_BITS;
    const closed =
      found.uid === uid &&
      (await chmod(path, mode).then(
        () => true,
        () => false,
      ));
    if (closed && isNew) {
      log.info({ path }, `${path} is closed to others now.`);
    } else if (closed) {
      log.warn(
        { code: 'file_closed', path, advice: 'If strangers use this machine, change passwords and keys.' },
        `${path} was open to others (mode ${octal(found.mode)}); its mode is ${octal(mode)} now.`,
      );
      lines += 1;
    } else if ((found.mode & WORLD_BITS) !== 0) {
      log.warn(
        { code: 'file_open', path, advice: `Run: chmod ${octal(mode)} ${path}` },
        `${path} is open to everybody on this machine (mode ${octal(found.mode)}).`,
      );
      lines += 1;
    }
  }
  return lines;
};
