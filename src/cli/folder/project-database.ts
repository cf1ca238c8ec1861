import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isForbidden, isMissing } from '../../contract/error-code.ts';
import { DATABASE_MARKER, DatabaseMarker, publicAddress } from '../../contract/database-marker.ts';
import { ENVIRONMENT, SECRET_FILES } from '../../contract/environment.ts';
import { findLocal } from '../deployment/process/local-state.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';
import { closedToUser } from './closed-to-user.ts';
import type { Runtime } from '../runtime.ts';
import { givenSecret } from '../settings/given-secret.ts';

/** The database of a folder's project. */
export type ProjectDatabase =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'postgres'; readonly url: string; readonly address: string };

/**
 * Reads what the folder says of its database.
 *
 * @returns undefined in a folder that no backend has marked yet
 * @throws CliError `file_unusable`, `permission_denied`
 */
export const readDatabaseMarker = async (folder: string): Promise<DatabaseMarker | undefined> => {
  const path = join(folder, DATABASE_MARKER);
  try {
    return DatabaseMarker.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    if (isForbidden(error)) {
      throw await closedToUser(path, error);
    }
    const advice = 'Delete it to have it written again.';
    throw CLI_ERRORS.fileUnusable({ path, reason: systemReason(error), advice }, { cause: error });
  }
};

const isPostgres = (url: string): boolean => /^postgres(ql)?(\+\w+)?:/.test(url);

/**
 * Returns the PostgreSQL URL that this command was given: in the environment, or in the file that it names.
 *
 * @throws CliError `file_unusable`
 */
export const givenDatabaseUrl = async (runtime: Runtime): Promise<string | undefined> => {
  const ofFile = await givenSecret(SECRET_FILES.databaseUrl, '', runtime);
  if (ofFile !== undefined) {
    return ofFile;
  }
  const url = runtime.environment[ENVIRONMENT.databaseUrl];
  return url !== undefined && isPostgres(url) ? url : undefined;
};

/** Returns the PostgreSQL database of a plain process that runs in the folder, without its password. */
const servedAddress = async (folder: string, runtime: Runtime): Promise<string | undefined> => {
  const url = (await findLocal(folder, runtime.platform))?.environment[ENVIRONMENT.databaseUrl];
  return url !== undefined && isPostgres(url) ? publicAddress(url) : undefined;
};

/**
 * Finds the database in which the folder's project is, for commands that read or write it from this host.
 *
 * @param hasFile there is a db.sqlite
 * @throws CliError `database_url_missing`, `other_database`, `file_unusable`
 */
export const findProjectDatabase = async (
  folder: string,
  hasFile: boolean,
  runtime: Runtime,
): Promise<ProjectDatabase> => {
  const marker = await readDatabaseMarker(folder);
  const url = await givenDatabaseUrl(runtime);
  const address =
    marker?.engine === 'postgres'
      ? marker.address
      : marker === undefined
        ? await servedAddress(folder, runtime)
        : undefined;
  if (address !== undefined) {
    if (url === undefined) {
      throw CLI_ERRORS.databaseUrlMissing({ folder, address });
    }
    return { engine: 'postgres', url, address: publicAddress(url) };
  }
  const file = join(folder, 'db.sqlite');
  if (url === undefined) {
    return { engine: 'sqlite', file };
  }
  if (hasFile) {
    throw CLI_ERRORS.otherDatabase({ folder, file, named: publicAddress(url) });
  }
  return { engine: 'postgres', url, address: publicAddress(url) };
};
