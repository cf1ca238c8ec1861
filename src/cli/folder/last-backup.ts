import { chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Runtime } from '../runtime.ts';
import type { ProjectFolder } from './inspect-folder.ts';

const LastBackup = z.object({ at: z.iso.datetime(), file: z.string(), bytes: z.number() });
/** The newest backup that was written of a project. */
export type LastBackup = Readonly<z.infer<typeof LastBackup>>;

const pathIn = (folder: string): string => join(folder, '.last-backup.json');

/** Undefined when none was written, or this user may not know. */
export const readLastBackup = async (folder: string): Promise<LastBackup | undefined> => {
  try {
    return LastBackup.parse(JSON.parse(await readFile(pathIn(folder), 'utf8')));
  } catch {
    return undefined;
  }
};

/** Notes a backup for `status`; one in a folder that cannot be written succeeds without the note. */
export const noteBackup = async (
  { path, owner }: ProjectFolder,
  backup: LastBackup,
  { uid }: Runtime,
): Promise<void> => {
  try {
    await writeFile(pathIn(path), `${JSON.stringify(backup)}\n`, { mode: 0o600 });
    if (uid === 0) {
      await chown(pathIn(path), owner.uid, owner.gid);
    }
  } catch {
    // The backup itself is what matters.
  }
};
