import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderProblems } from '../../../contract/maintenance.ts';
import { CliError, withAdvice } from '../../errors/cli-error.ts';
import { LATER_VERSION_ADVICE } from '../../errors/cli-errors.ts';
import { maintain } from '../../backend/maintain.ts';
import { daysUntil } from '../../folder/days-until.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import { readBackupSchedule, readLastBackup } from '../../folder/last-backup.ts';
import { readProjectOverview } from '../../folder/project-overview.ts';
import { inspectWebCertificate } from '../../folder/web-certificate.ts';
import { openPaths } from '../../folder/open-paths.ts';
import { formatBytes } from '../../output/format-bytes.ts';
import type { Runtime } from '../../runtime.ts';
import { fail, ok, warn, type Found } from './finding.ts';

const MIB = 1024 ** 2;
const LEAST_BYTES = 20 * MIB;
const LOW_BYTES = 500 * MIB;
const CLOCK_SKEW_MS = 300_000;
const BACKUP_DAYS = 7;
const DAY_MS = 86_400_000;

/** Checks of a project folder on this host. */
export interface FolderChecks {
  readonly folder: string;
  readonly runtime: Runtime;
  /** As whom the backend runs; undefined: as the folder's owner. */
  readonly runsAs: number | undefined;
}

export const checkFolder = async ({ folder, runsAs }: FolderChecks): Promise<Found> => {
  const { hasDatabase } = await inspectFolder(folder, runsAs);
  return ok(`${folder} ${hasDatabase ? 'holds a project' : 'is ready for a first start'}`);
};

export const checkDatabase = async ({
  folder,
  runtime,
  runsAs,
}: FolderChecks): Promise<Found | undefined> => {
  const { hasDatabase, owner } = await inspectFolder(folder, runsAs, 'enough');
  if (!hasDatabase) {
    return undefined;
  }
  const database = join(folder, 'db.sqlite');
  const checked = await maintain({ task: 'check', database }, runtime, owner).catch((error: unknown) => {
    throw error instanceof CliError ? withAdvice(error, 'Restore a backup with `dashboard restore`.') : error;
  });
  if (checked.text === 'later version') {
    return fail('a later version of the dashboard has used it.', LATER_VERSION_ADVICE);
  }
  const { mtimeMs, size } = await stat(database);
  return mtimeMs > runtime.now().getTime() + CLOCK_SKEW_MS
    ? warn(
        `sound, but it was written at ${new Date(mtimeMs).toISOString()}, after this host's time.`,
        "Check this host's clock: certificates and sessions depend on it.",
      )
    : ok(`sound, ${formatBytes(size)}`);
};

const folderProblems = async ({ folder, runtime, runsAs }: FolderChecks): Promise<FolderProblems> => {
  const { owner } = await inspectFolder(folder, runsAs, 'enough');
  const { text } = await maintain({ task: 'check-folder', webRoot: folder }, runtime, owner);
  return FolderProblems.parse(JSON.parse(text));
};

/** Where the root CA's key is, and whether it is stored without a passphrase; nothing where there is none. */
export const checkRootKey = async (checks: FolderChecks): Promise<Found | undefined> => {
  const { rootKey } = await folderProblems(checks);
  if (rootKey === undefined) {
    return undefined;
  }
  return rootKey === 'clear'
    ? warn(
        'it is stored without a passphrase: whoever reads the database or a backup can issue certificates.',
        'Run `dashboard passphrase change`, and encrypt or delete backups made before.',
      )
    : ok(rootKey === 'token' ? 'it is in a hardware token' : 'it is in the database, under a passphrase');
};

/** Session key and properties file, and whether the database's module loads in this Node. */
export const checkFiles = async (checks: FolderChecks): Promise<Found> => {
  const { tokenKey, properties } = await folderProblems(checks);
  if (tokenKey !== undefined) {
    return fail(tokenKey.message, tokenKey.advice);
  }
  return properties === undefined
    ? ok('session key and properties are in order')
    : warn(`${properties}.`, 'Correct the file: until then no startup kits are generated.');
};

/** Whether keys, database and folder are closed to others; nothing where there is no project yet. */
export const checkPermissions = async ({ folder }: FolderChecks): Promise<Found | undefined> => {
  const open = await openPaths(folder);
  if (open === undefined) {
    return undefined;
  }
  return open.length === 0
    ? ok('keys and database are closed to others')
    : warn(
        `others than their owner can open ${open.join(', ')}.`,
        'Start the dashboard, which closes what is its own, or run chmod go= on each.',
      );
};

export const checkDisk = async ({ folder }: FolderChecks): Promise<Found> => {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const text = `${formatBytes(free)} free`;
  if (free < LEAST_BYTES) {
    return fail(`${text} on the disk of ${folder}.`, 'Make room: no change can be stored.');
  }
  return free < LOW_BYTES
    ? warn(`${text} on the disk of ${folder}.`, 'Make room before it is full.')
    : ok(text);
};

export const checkCertificate = async ({ folder, runtime }: FolderChecks): Promise<Found> => {
  const web = await inspectWebCertificate(folder, runtime.now());
  if (web.warnings.length > 0) {
    return warn(
      web.warnings.join(' '),
      'Put a current certificate with its chain into cert/web.crt, and its key into cert/web.key.',
    );
  }
  if (web.scheme === 'http') {
    return warn(
      'none: passwords travel unencrypted over HTTP.',
      'Put web.crt and web.key into cert/, or serve HTTPS from a reverse proxy.',
    );
  }
  const days = Math.floor((web.notAfter.getTime() - runtime.now().getTime()) / DAY_MS);
  return ok(`${web.subject} for ${web.hosts.join(', ') || 'no host name'}, ${days} days left`);
};

const ROOT_DAYS = 90;

/** When the root CA, and what it has issued, expires; nothing before the project is frozen. */
export const checkExpiry = async ({ folder, runtime, runsAs }: FolderChecks): Promise<Found | undefined> => {
  const expiry = (await readProjectOverview(folder, runtime, runsAs))?.expiry;
  if (expiry?.root === undefined) {
    return undefined;
  }
  const { root, first, soon, expired } = expiry;
  const days = daysUntil(root, runtime.now());
  const problems = [
    ...(days < ROOT_DAYS
      ? [`the root CA expires on ${root.slice(0, 10)}, and all certificates with it`]
      : []),
    ...(soon > 0
      ? [`${soon === 1 ? 'one certificate expires' : `${soon} certificates expire`} within 30 days`]
      : []),
    ...(expired > 0 ? [`${expired === 1 ? 'one has' : `${expired} have`} expired`] : []),
  ];
  if (problems.length > 0) {
    return warn(
      `${problems.join('; ')}.`,
      'See the certificates page, and renew them with new kits or requests.',
    );
  }
  const next =
    first === undefined ? '' : `, the first certificate on ${first.at.slice(0, 10)} (${first.name})`;
  return ok(`the root CA expires on ${root.slice(0, 10)}${next}`);
};

export const checkBackup = async ({ folder, runtime, runsAs }: FolderChecks): Promise<Found | undefined> => {
  if (!(await inspectFolder(folder, runsAs, 'enough')).hasDatabase) {
    return undefined;
  }
  const last = await readLastBackup(folder);
  const schedule = await readBackupSchedule(folder);
  if (schedule?.failed !== undefined) {
    return warn(
      `the scheduled backup of ${schedule.failed.at.slice(0, 16)} UTC failed: ${schedule.failed.reason}.`,
      `Look at ${schedule.folder} and its disk; the dashboard tries again.`,
    );
  }
  const fix = 'Run `dashboard backup`, or start with --backup-every 1d, and keep the archives elsewhere.';
  if (last === undefined) {
    return warn('none is noted in the folder.', fix);
  }
  const days = Math.floor((runtime.now().getTime() - Date.parse(last.at)) / DAY_MS);
  const text = `the last one is of ${last.at.slice(0, 10)} (${last.file})`;
  return days > BACKUP_DAYS ? warn(`${text}.`, fix) : ok(text);
};
