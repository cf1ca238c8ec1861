import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { HardwareError } from '../root-ca/hardware/hardware-error.ts';
import { openRootCa } from '../root-ca/open-root-ca.ts';
import type { RootCaKeeper } from '../root-ca/root-ca-keeper.ts';
import type { ServerConfig } from '../context/config.ts';
import { MIN_PASSPHRASE } from '../../contract/passphrase.ts';
import { PkiError } from '../../pki/pki-error.ts';
import { StartError } from '../context/start-error.ts';
import type { ServerLog } from '../context/context.ts';
import type { Database, QueryObserver } from '../store/database.ts';
import { openDatabase, type DatabaseLocation } from '../store/open.ts';
import { databaseError } from './database-error.ts';
import { requireOwnDatabase } from './database-marker.ts';

/** Resources that a start has opened. */
interface OpenStore {
  readonly db: Database;
  readonly rootCa: RootCaKeeper;
  /** Lines in which the opening warned. */
  readonly warnings: number;
}

/** @throws StartError `folderUnusable` unless the folder is there and can be written */
export const checkFolder = async (webRoot: string): Promise<void> => {
  try {
    await access(webRoot, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(
      'folderUnusable',
      `The project folder ${webRoot} is missing or cannot be written.`,
      'Make it, or give it to the user the dashboard runs as.',
      { cause: error },
    );
  }
};

const rootCaProblem = (error: unknown, place: DatabaseLocation): unknown => {
  if (error instanceof HardwareError) {
    return new StartError('badConfiguration', error.message, error.advice, { cause: error });
  }
  if (!(error instanceof PkiError)) {
    return databaseError(error, place);
  }
  const wrong = error.code === 'passphrase_wrong' || error.code === 'passphrase_unneeded';
  return wrong
    ? new StartError(
        'passphraseWrong',
        error.code === 'passphrase_wrong'
          ? "The passphrase does not open this project's root CA key."
          : "A passphrase was given, but this project's root CA key is not encrypted.",
        error.code === 'passphrase_wrong'
          ? 'Start with the right passphrase, or with none to run sealed.'
          : 'Start without a passphrase.',
        { cause: error },
      )
    : new StartError(
        'databaseUnusable',
        "The root CA's key in the database is damaged.",
        'Restore a backup.',
        {
          cause: error,
        },
      );
};

const refuseShortPassphrase = (rootCa: RootCaKeeper, passphrase: string | undefined): void => {
  if (
    rootCa.state() === 'absent' &&
    passphrase !== undefined &&
    passphrase !== '' &&
    passphrase.length < MIN_PASSPHRASE
  ) {
    throw new StartError(
      'badConfiguration',
      `The passphrase is shorter than ${MIN_PASSPHRASE} characters.`,
      "Choose a longer one: it protects the root CA's key, which freezing the project generates.",
    );
  }
};

const openAll = async (
  config: ServerConfig,
  observe: QueryObserver | undefined,
): Promise<Omit<OpenStore, 'warnings'>> => {
  let rootCa: RootCaKeeper;
  try {
    await requireOwnDatabase(config.webRoot, config.database);
    rootCa = await openRootCa(config.database, config.passphrase, config.hardware);
  } catch (error) {
    throw rootCaProblem(error, config.database);
  }
  refuseShortPassphrase(rootCa, config.passphrase);
  try {
    return { db: await openDatabase(config.database, observe), rootCa };
  } catch (error) {
    throw databaseError(error, config.database);
  }
};

/** A folder with a database in it has one dashboard; several may share a PostgreSQL server. */
const lockFolderOf = async (config: ServerConfig): Promise<() => void> => {
  if (config.database.engine !== 'sqlite') {
    return () => undefined;
  }
  const { FolderInUseError, lockFolder } = await import('../store/sqlite/folder-lock.ts');
  try {
    return lockFolder(config.webRoot);
  } catch (error) {
    if (!(error instanceof FolderInUseError)) {
      throw databaseError(error, config.database);
    }
    throw new StartError(
      'folderInUse',
      `Another dashboard uses the project folder ${config.webRoot}: ${error.message}.`,
      'Use that dashboard, or choose another folder.',
      { cause: error },
    );
  }
};

const ORPHANED = {
  missing: 'The database file is missing, but its log is there, and a new project begins',
  different: 'The log beside the database belongs to another database, or to another state of it',
} as const;

/** @returns how many logs were set aside */
const setAsideOrphans = async (config: ServerConfig, log: ServerLog): Promise<number> => {
  if (config.database.engine !== 'sqlite') {
    return 0;
  }
  const { setAsideOrphanedLogs } = await import('../store/sqlite/orphaned-log.ts');
  const orphans = setAsideOrphanedLogs(config.database.file);
  for (const { path, database } of orphans) {
    const advice = 'To use it, stop the dashboard and put it back beside the database that it belongs to.';
    log.warn(
      { code: 'log_set_aside', path, advice },
      `${ORPHANED[database]}: the log was set aside as ${path}.`,
    );
  }
  return orphans.length;
};

/**
 * Locks the project folder, then opens the root CA, so that a wrong passphrase leaves the database as it is, then the
 * database. Closing the database releases the lock.
 *
 * @param observe is told each query
 * @throws StartError `folderInUse`, `passphraseWrong`, `folderUnusable`, `databaseUnusable`, `failed`
 */
export const openStore = async (
  config: ServerConfig,
  log: ServerLog,
  observe?: QueryObserver,
): Promise<OpenStore> => {
  const release = await lockFolderOf(config);
  try {
    const warnings = await setAsideOrphans(config, log);
    const { db, rootCa } = await openAll(config, observe);
    const close = async (): Promise<void> => {
      await db.close();
      release();
    };
    return { db: { ...db, close }, rootCa, warnings };
  } catch (error) {
    release();
    throw error;
  }
};
