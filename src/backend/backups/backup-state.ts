import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BACKUP_SCHEDULE, BackupSchedule, LAST_BACKUP, LastBackup } from '../../contract/backup-state.ts';

const PRIVATE = 0o600;

const read = async <T>(path: string, parse: (content: unknown) => T): Promise<T | undefined> => {
  try {
    return parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
};

const write = async (path: string, content: LastBackup | BackupSchedule): Promise<void> => {
  const partial = `${path}.partial`;
  await writeFile(partial, `${JSON.stringify(content)}\n`, { mode: PRIVATE });
  await rename(partial, path);
};

/** Undefined when there was none, or its note cannot be read. */
export const readLastBackup = (folder: string): Promise<LastBackup | undefined> =>
  read(join(folder, LAST_BACKUP), (content) => LastBackup.parse(content));

export const writeLastBackup = (folder: string, backup: LastBackup): Promise<void> =>
  write(join(folder, LAST_BACKUP), backup);

export const readSchedule = (folder: string): Promise<BackupSchedule | undefined> =>
  read(join(folder, BACKUP_SCHEDULE), (content) => BackupSchedule.parse(content));

export const writeSchedule = (folder: string, schedule: BackupSchedule): Promise<void> =>
  write(join(folder, BACKUP_SCHEDULE), schedule);
