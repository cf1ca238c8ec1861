import { z } from 'zod';
import { publicAddress } from '../../contract/database-marker.ts';
import { StartError } from '../context/start-error.ts';
import type { DatabaseLocation } from '../store/open.ts';
import { OtherDatabaseError } from '../store/other-database-error.ts';
import { isUnavailable } from '../store/postgres/unavailable.ts';

const Coded = z.object({ code: z.string() });

const codeOf = (cause: unknown): string => Coded.safeParse(cause).data?.code ?? '';

/** A module built for another Node, or not built at all, says nothing of the database. */
const isUnbuilt = (cause: unknown): boolean =>
  codeOf(cause) === 'ERR_DLOPEN_FAILED' ||
  (cause instanceof Error && cause.message.includes('better_sqlite3.node'));

/** Refusals of a PostgreSQL server: pattern of the code, meaning, advice. */
const REFUSALS: readonly (readonly [RegExp, string, string])[] = [
  [
    /^28/,
    'refuses the user or the password',
    'Correct user and password in DATABASE_URL, or let pg_hba.conf admit this user from this host.',
  ],
  [/^3D000/, 'does not exist', 'Create it (createdb), or correct the name in DATABASE_URL.'],
  [
    /^(42501|3F000)/,
    'does not let this user create tables',
    'Grant it (GRANT CREATE, USAGE ON SCHEMA … TO …), or give the user a schema of its own.',
  ],
  [
    /^25006/,
    'is read-only',
    'Name the primary server in DATABASE_URL; this one is a standby or set to read-only.',
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|^ERR_(TLS|SSL|OSSL)/,
    'shows a certificate that this host does not trust',
    'Name the file of its CA in DATABASE_URL (sslrootcert=FILE), and its host by the name in the certificate.',
  ],
  [
    /^(ENOENT|EACCES)/,
    'cannot be reached: a certificate or socket that DATABASE_URL names cannot be read',
    'Correct sslrootcert, sslcert, sslkey or the folder of the socket; relative paths start in the project folder.',
  ],
];

const postgresError = (cause: unknown, url: string): StartError => {
  const code = codeOf(cause);
  const named = `The database ${publicAddress(url)}`;
  const shown = code === '' ? '' : ` (${code})`;
  const refusal = REFUSALS.find(([pattern]) => pattern.test(code));
  if (refusal !== undefined) {
    return new StartError('databaseUnusable', `${named} ${refusal[1]}${shown}.`, refusal[2], { cause });
  }
  if (isUnavailable(cause)) {
    return new StartError(
      'databaseUnusable',
      `${named} does not respond${shown}.`,
      'Check that the database server runs and that DATABASE_URL names its host and port. The project is unharmed.',
      { cause },
    );
  }
  return new StartError(
    'databaseUnusable',
    `${named} cannot be used${shown}.`,
    'Look at the cause in the log and at the log of the database server. The project is unharmed.',
    { cause },
  );
};

const DAMAGE: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_NOTADB/, 'is not a database'],
  [/^SQLITE_CORRUPT/, 'is damaged'],
];

const otherDatabase = (cause: OtherDatabaseError, place: DatabaseLocation): StartError => {
  const named = place.engine === 'postgres' ? `The database ${publicAddress(place.url)}` : place.file;
  return cause.of === 'later version'
    ? new StartError(
        'databaseUnusable',
        `${named} was used by a later version of the dashboard.`,
        'Install that version or a later one, or restore a backup from before the upgrade. The project is unharmed.',
        { cause },
      )
    : new StartError(
        'databaseUnusable',
        `${named} holds tables of another program, and nothing was changed.`,
        'Name the database of a dashboard, or an empty place for a new project.',
        { cause },
      );
};

/** Whether an error is one of the database, rather than of a file beside it or of the program. */
export const isDatabaseError = (cause: unknown, { engine }: DatabaseLocation): boolean =>
  engine === 'postgres' || cause instanceof OtherDatabaseError || codeOf(cause).startsWith('SQLITE_');

/** Says why a database cannot be opened, with advice that fits the cause. */
export const databaseError = (cause: unknown, place: DatabaseLocation): StartError => {
  if (cause instanceof StartError) {
    return cause;
  }
  if (cause instanceof OtherDatabaseError) {
    return otherDatabase(cause, place);
  }
  if (place.engine === 'postgres') {
    return postgresError(cause, place.url);
  }
  if (isUnbuilt(cause)) {
    return new StartError(
      'failed',
      `The module that reads the database does not load in Node ${process.version}.`,
      'Install the dashboard again on this machine with Node 22.13 or later, or run it in a container.',
      { cause },
    );
  }
  const code = codeOf(cause);
  if (/^SQLITE_(CANTOPEN|READONLY|FULL|IOERR)/.test(code)) {
    return new StartError(
      'folderUnusable',
      `The database file cannot be written (${code}).`,
      'Check free space and the rights of the project folder and db.sqlite.',
      { cause },
    );
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new StartError(
      'databaseUnusable',
      'Another program is writing to the database file.',
      'Stop the other program, then start again.',
      { cause },
    );
  }
  const [, reason] = DAMAGE.find(([pattern]) => pattern.test(code)) ?? [];
  if (reason !== undefined) {
    return new StartError(
      'databaseUnusable',
      `The database file db.sqlite ${reason} (${code}).`,
      'Restore a backup with `dashboard restore`.',
      { cause },
    );
  }
  return new StartError(
    'databaseUnusable',
    `The database cannot be used (${code === '' ? 'unknown reason' : code}).`,
    'Restore a backup with `dashboard restore`.',
    { cause },
  );
};
