import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { openRootCa } from '../root-ca/open-root-ca.ts';
import type { RootCaKeeper } from '../root-ca/root-ca-keeper.ts';
import type { ServerConfig } from '../context/config.ts';
import { PkiError } from '../../pki/pki-error.ts';
import { StartError } from '../context/start-error.ts';
import type { Database } from '../store/database.ts';
import { openDatabase, type DatabaseLocation } from '../store/open.ts';
import { databaseError } from './database-error.ts';
import { requireOwnDatabase } from './database-marker.ts';

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

const rootCaProblem = (error: unknown, place: DatabaseLocation): unknown => {
  if (!(error instanceof PkiError)) return databaseError(error, place);
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
 * Opens the database of the folder's project: the root CA first, so that a wrong passphrase leaves the database as it is.
 *
 * @throws StartError `passphraseWrong`, `folderUnusable`, `databaseUnusable`, `badConfiguration`, `failed`
 */
export const openStore = async (
  config: ServerConfig,
): Promise<{ readonly db: Database; readonly authority: RootCaKeeper }> => {
  let authority: RootCaKeeper;
  try {
    await requireOwnDatabase(config.webRoot, config.database);
    authority = await openRootCa(config.database, config.passphrase);
  } catch (error) {
    throw rootCaProblem(error, config.database);
  }
  try {
    return { db: await openDatabase(config.database), authority };
  } catch (error) {
    throw databaseError(error, config.database);
  }
};
