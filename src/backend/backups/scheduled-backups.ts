import { readdir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { BackupSchedule } from '../../contract/backup-state.ts';
import type { BackupSettings } from '../context/config.ts';
import type { ServerLog } from '../context/context.ts';
import { readSchedule, writeLastBackup, writeSchedule } from './backup-state.ts';
import { prune, takeBackup, WORK_PREFIX, type BackupSource } from './take-backup.ts';

/** A trial run of a restart is over by then. */
const FIRST_LOOK_MS = 15_000;
/** Interval of the check whether a backup is due, and of another try after an error. */
const LOOK_MS = 60_000;
const RETRY_MS = 10 * 60_000;

interface ScheduledBackupsOptions {
  readonly source: BackupSource;
  readonly settings: BackupSettings;
  readonly log: ServerLog;
  readonly now: () => Date;
  /** Tells others of a failed backup. */
  readonly onFailure?: ((reason: string) => Promise<void>) | undefined;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A host may see the project folder elsewhere: what lies in it is noted from there. */
const fromProject = (webRoot: string, path: string): string =>
  path.startsWith(`${webRoot}${sep}`) ? relative(webRoot, path) : path;

/** Takes the backups of a project, and keeps the newest of those it took. */
export class ScheduledBackups {
  readonly #options: ScheduledBackupsOptions;
  /** When the last attempt failed, in ms since 1970. */
  #failedAt = -Infinity;

  constructor(options: ScheduledBackupsOptions) {
    this.#options = options;
  }

  /** Takes a backup where one is due; an error is logged and noted, and the next look tries again. */
  async look(): Promise<void> {
    const { settings, now } = this.#options;
    const at = now();
    const schedule = await this.#schedule();
    const last = schedule.files.at(-1);
    const own = last === undefined ? -Infinity : Date.parse(last.at);
    // A clock that was put back must not keep the next backup away.
    const isDue = at.getTime() - own >= settings.everyMs || own > at.getTime();
    const isRetry = at.getTime() - this.#failedAt >= Math.min(RETRY_MS, settings.everyMs);
    if (!isDue || !isRetry) {
      return;
    }
    try {
      await this.#take(schedule, at);
    } catch (error) {
      await this.#note(schedule, at, error);
    }
  }

  async #schedule(): Promise<BackupSchedule> {
    const { source, settings } = this.#options;
    const { everyMs, keep, passphrase } = settings;
    const { webRoot } = source.config;
    const before = await readSchedule(webRoot);
    const folder = fromProject(webRoot, settings.folder);
    const present = { everyMs, keep, folder, encrypted: passphrase !== undefined };
    return { ...before, ...present, files: before?.files ?? [] };
  }

  async #take(schedule: BackupSchedule, at: Date): Promise<void> {
    const { source, settings, log } = this.#options;
    const { webRoot } = source.config;
    const backup = await takeBackup(source, settings, at);
    // Noted before anything is deleted: what is not on the list stays.
    const taken = {
      ...schedule,
      files: [...schedule.files, { file: backup.file, at: backup.at }],
      failed: undefined,
    };
    await writeSchedule(webRoot, taken);
    await writeLastBackup(webRoot, { ...backup, file: fromProject(webRoot, backup.file) });
    this.#failedAt = -Infinity;
    log.info({ code: 'backup_taken', ...backup }, 'a backup was taken');
    try {
      await writeSchedule(webRoot, { ...taken, files: await prune(taken.files, settings.keep) });
    } catch (error) {
      const advice = `Delete what is too old in ${settings.folder} by hand.`;
      log.warn(
        { code: 'backup_not_deleted', advice, cause: reasonOf(error) },
        'An old backup cannot be deleted.',
      );
    }
  }

  async #note(schedule: BackupSchedule, at: Date, error: unknown): Promise<void> {
    const { source, settings, log, onFailure } = this.#options;
    this.#failedAt = at.getTime();
    const reason = reasonOf(error);
    const advice = `Look at ${settings.folder} and its disk; it is tried again.`;
    log.error({ code: 'backup_failed', advice, cause: reason }, 'The scheduled backup failed.');
    // On a full disk the log says it.
    await writeSchedule(source.config.webRoot, {
      ...schedule,
      failed: { at: at.toISOString(), reason },
    }).catch(() => undefined);
    await onFailure?.(reason).catch(() => undefined);
  }
}

/** Removes what a backup left that was under way when the backend died. */
const removeLeftovers = async (webRoot: string): Promise<void> => {
  for (const entry of await readdir(webRoot, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name.startsWith(WORK_PREFIX)) {
      await rm(join(webRoot, entry.name), { recursive: true, force: true });
    }
  }
};

const UNENCRYPTED =
  "The root CA's key has no passphrase, and scheduled backups are not encrypted: whoever reads one can issue certificates.";

/**
 * Begins to take backups; with undefined settings it only notes that there are none.
 *
 * @param keyInClear the root CA's key has no passphrase
 * @returns ends them, after the one under way
 */
export const scheduleBackups = (
  options: Omit<ScheduledBackupsOptions, 'settings'> & {
    readonly settings: BackupSettings | undefined;
    readonly keyInClear: () => boolean;
  },
): (() => Promise<void>) => {
  const { source, settings, log, keyInClear } = options;
  const { webRoot } = source.config;
  if (settings === undefined) {
    const noted = readSchedule(webRoot).then(async (before) => {
      if (before !== undefined) {
        await writeSchedule(webRoot, { ...before, everyMs: null, failed: undefined });
      }
    });
    return () => noted.catch(() => undefined);
  }
  if (settings.passphrase === undefined && keyInClear()) {
    const advice = 'Name a file with a passphrase in NVFL_BACKUP_PASSPHRASE_FILE.';
    log.warn({ code: 'backup_unencrypted', advice }, UNENCRYPTED);
  }
  const backups = new ScheduledBackups({ ...options, settings });
  let underWay: Promise<void> = removeLeftovers(webRoot).catch(() => undefined);
  const look = (): void => {
    underWay = underWay
      .then(() => backups.look())
      .catch((error: unknown) => {
        log.error({ code: 'backup_failed', cause: reasonOf(error) }, 'The scheduled backup failed.');
      });
  };
  const first = setTimeout(look, FIRST_LOOK_MS).unref();
  const timer = setInterval(look, LOOK_MS).unref();
  return async () => {
    clearTimeout(first);
    clearInterval(timer);
    await underWay;
  };
};
