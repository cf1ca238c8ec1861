import { chown, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BACKUP_SCHEDULE, BackupSchedule, LAST_BACKUP, LastBackup } from '../../contract/backup-state.ts';
import type { Runtime } from '../runtime.ts';
import type { ProjectFolder } from './inspect-folder.ts';

const STDOUT = '-';

const pathIn = (folder: string): string => join(folder, LAST_BACKUP);

/** Undefined when none was written, or this user may not know. */
export const readLastBackup = async (folder: string): Promise<LastBackup | undefined> => {
  try {
    const last = LastBackup.parse(JSON.parse(await readFile(pathIn(folder), 'utf8')));
    return last.file === STDOUT ? last : { ...last, file: resolve(folder, last.file) };
  } catch {
    return undefined;
  }
};

/** The backups that the backend takes by itself; undefined when it takes none, or this user may not know. */
export const readBackupSchedule = async (folder: string): Promise<BackupSchedule | undefined> => {
  try {
    const schedule = BackupSchedule.parse(JSON.parse(await readFile(join(folder, BACKUP_SCHEDULE), 'utf8')));
    return schedule.everyMs === null ? undefined : { ...schedule, folder: resolve(folder, schedule.folder) };
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
