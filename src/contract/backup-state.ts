import { z } from 'zod';

/** File in the project folder that names the newest backup, whoever took it. */
export const LAST_BACKUP = '.last-backup.json';
export const LastBackup = z.object({
  at: z.iso.datetime(),
  /** Absolute, or from the project folder; `-` for standard output. */
  file: z.string(),
  bytes: z.number(),
});
/** The newest backup that was written of a project. */
export type LastBackup = Readonly<z.infer<typeof LastBackup>>;

/** File in the project folder that holds the state of the backups which the backend takes by itself. */
export const BACKUP_SCHEDULE = '.backup-schedule.json';
export const BackupSchedule = z.object({
  /** Null while the backend takes none. */
  everyMs: z.number().nullable(),
  keep: z.number().int(),
  /** Absolute, or from the project folder. */
  folder: z.string(),
  encrypted: z.boolean(),
  /** The archives that it wrote, oldest first: it deletes no other file. */
  files: z.array(z.object({ file: z.string(), at: z.iso.datetime() })),
  /** Why the newest attempt failed; absent after a success. */
  failed: z.object({ at: z.iso.datetime(), reason: z.string() }).optional(),
});
export type BackupSchedule = Readonly<z.infer<typeof BackupSchedule>>;
