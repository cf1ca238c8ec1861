import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { z } from 'zod';
import { openRootCa } from '../root-ca/open-root-ca.ts';
import type { RootCaKeeper } from '../root-ca/root-ca-keeper.ts';
import type { ServerConfig } from '../context/config.ts';
import { PkiError } from '../../pki/pki-error.ts';
import { StartError } from '../context/start-error.ts';
import type { Database } from '../store/database.ts';
import { openDatabase } from '../store/open.ts';

const Coded = z.object({ code: z.string() });

/** @throws StartError `folderUnusable` unless the folder is there and can be written */
export const checkFolder = async (webRoot: string): Promise<void> => {
  try {
    await access(webRoot, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartError(
      'folderUnusable',
      `The project folder ${webRoot} is missing or cannot be written.`,
      'Make it, or give it to the user the dashboard runs as.',
      { cause },
    );
  }
};

/** A module built for another Node, or not built at all, says nothing of the database. */
const isUnbuilt = (cause: unknown): boolean =>
  Coded.safeParse(cause).data?.code === 'ERR_DLOPEN_FAILED' ||
  (cause instanceof Error && cause.message.includes('better_sqlite3.node'));

const databaseProblem = (cause: unknown): StartError => {
  if (isUnbuilt(cause)) {
    return new StartError(
      'failed',
      `The module that reads the database does not load in Node ${process.version}.`,
      'Install the dashboard again on this machine with Node 22.13 or later, or run it in a container.',
      { cause },
    );
  }
  const code = Coded.safeParse(cause).data?.code ?? '';
  if (/^SQLITE_(CANTOPEN|READONLY|FULL|IOERR)/.test(code)) {
    return new StartError(
      'folderUnusable',
      `The database file cannot be written (${code}).`,
      'Check free space and the rights of the project folder and db.sqlite.',
      { cause },
    );
  }
  return new StartError(
    'databaseUnusable',
    `The database cannot be used (${code === '' ? 'unknown reason' : code}).`,
    'Restore a backup, or check DATABASE_URL and whether the database server answers.',
    { cause },
  );
};

const rootCaProblem = (error: unknown): unknown => {
  if (!(error instanceof PkiError)) return databaseProblem(error);
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

/**
 * Opens the root CA first, so that a wrong passphrase leaves the database as it is, then the database.
 *
 * @throws StartError `passphraseWrong`, `folderUnusable`, `databaseUnusable`, `failed`
 */
export const openStore = async (
  config: ServerConfig,
): Promise<{ readonly db: Database; readonly authority: RootCaKeeper }> => {
  let authority: RootCaKeeper;
  try {
    authority = await openRootCa(config.database, config.passphrase);
  } catch (error) {
    throw rootCaProblem(error);
  }
  try {
    return { db: await openDatabase(config.database), authority };
  } catch (error) {
    throw databaseProblem(error);
  }
};
