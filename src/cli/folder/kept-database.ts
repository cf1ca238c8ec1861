import { access, chown, constants, copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Runtime } from '../runtime.ts';
import type { ProjectFolder } from './inspect-folder.ts';

const PREFIX = '.before-restart-';
/** With what a backend that was killed left beside the file. */
const FILES = ['db.sqlite', 'db.sqlite-wal', 'db.sqlite-shm'] as const;

/** The database as it was before a successor opened it. */
export interface KeptDatabase {
  /** Puts it back in the place of what the successor left. */
  readonly putBack: () => Promise<void>;
  /** Removes the copy. */
  readonly remove: () => Promise<void>;
}

const isThere = (path: string): Promise<boolean> =>
  access(path, constants.F_OK).then(
    () => true,
    () => false,
  );

/**
 * Copies the database of a project that nobody has open.
 *
 * @throws what the file system says; then nothing of the copy is left
 */
export const keepDatabase = async (
  { path, owner }: ProjectFolder,
  { uid }: Runtime,
): Promise<KeptDatabase> => {
  const kept = await mkdtemp(join(path, PREFIX));
  const remove = (): Promise<void> => rm(kept, { recursive: true, force: true });
  try {
    for (const name of FILES) {
      if (!(await isThere(join(path, name)))) {
        continue;
      }
      await copyFile(join(path, name), join(kept, name));
      if (uid === 0) {
        await chown(join(kept, name), owner.uid, owner.gid);
      }
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    remove,
    putBack: async () => {
      for (const name of FILES) {
        await rm(join(path, name), { force: true });
        if (await isThere(join(kept, name))) {
          await rename(join(kept, name), join(path, name));
        }
      }
      await remove();
    },
  };
};
