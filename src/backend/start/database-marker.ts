import { readFile, readlink, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { isMissing } from '../../contract/error-code.ts';
import { DATABASE_MARKER, DatabaseMarker, publicAddress } from '../../contract/database-marker.ts';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { StartError } from '../context/start-error.ts';
import { writeWhole } from '../context/write-whole.ts';
import type { Reader } from '../store/database.ts';
import type { DatabaseLocation } from '../store/open.ts';

type PostgresLocation = Extract<DatabaseLocation, { readonly engine: 'postgres' }>;

const refused = (message: string, advice: string, cause?: unknown): StartError =>
  new StartError('badConfiguration', message, advice, { cause });

/** Loads the engine only where there is something to ask it. */
const identityIn = async (place: PostgresLocation): Promise<string | undefined> => {
  const { readPostgresIdentity } = await import('../store/postgres/read-identity.ts');
  return readPostgresIdentity(place.url);
};

/** Returns what the folder says of its database; undefined in a folder that no backend has marked yet. */
const readMarker = async (webRoot: string): Promise<DatabaseMarker | undefined> => {
  const path = join(webRoot, DATABASE_MARKER);
  try {
    return DatabaseMarker.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw refused(
      `${path}, which names the database of the project, cannot be read.`,
      'Let the user the dashboard runs as read it, or delete it to have it written again.',
      error,
    );
  }
};

const isFilled = async (file: string): Promise<boolean> =>
  stat(file).then(
    ({ size }) => size > 0,
    () => false,
  );

const addressOf = (place: DatabaseLocation, webRoot: string): string => {
  if (place.engine === 'postgres') {
    return publicAddress(place.url);
  }
  const path = relative(webRoot, place.file);
  return path.startsWith('..') ? place.file : path;
};

const MOVE = 'Stop it and run `dashboard database move` to take the project there';

/** @throws StartError when the project of the folder is in another database than PostgreSQL, or in another one there */
const requirePostgres = async (
  webRoot: string,
  place: PostgresLocation,
  marker: DatabaseMarker | undefined,
): Promise<void> => {
  const named = publicAddress(place.url);
  if (marker?.engine === 'postgres') {
    if (marker.project === undefined || (await identityIn(place)) === marker.project) {
      return;
    }
    throw refused(
      `The project of ${webRoot} is in the database ${marker.address}, and ${named} holds another one or none.`,
      `Correct ${ENVIRONMENT.databaseUrl}, or use another folder for another project.`,
    );
  }
  const file = resolve(webRoot, marker?.address ?? 'db.sqlite');
  if (!(await isFilled(file))) {
    return;
  }
  // A project that ran on PostgreSQL before folders were marked may have an old file beside it.
  if (marker === undefined && (await identityIn(place)) !== undefined) {
    return;
  }
  throw refused(
    `The project of ${webRoot} is in ${file}, but ${ENVIRONMENT.databaseUrl} names ${named}.`,
    `${MOVE}, start without ${ENVIRONMENT.databaseUrl}, or use another folder for another project.`,
  );
};

/** @throws StartError where a new project would begin in place of one that is missing */
const requireFile = async (file: string, held: boolean): Promise<void> => {
  const found = await stat(file).catch(() => undefined);
  const link = await readlink(file).catch(() => undefined);
  if (found === undefined && link !== undefined) {
    throw new StartError(
      'databaseUnusable',
      `${file} is a link to ${link}, which does not exist.`,
      'Mount or restore what it points to, or delete the link to begin a new project.',
    );
  }
  if (found?.size === 0 && held) {
    throw new StartError(
      'databaseUnusable',
      `${file} is empty, but it held a project.`,
      'Restore a backup with `dashboard restore`, or delete the file to begin a new project.',
    );
  }
};

/** @throws StartError when the project of the folder is in PostgreSQL, in another SQLite file, or missing */
const requireSqlite = async (
  webRoot: string,
  place: DatabaseLocation,
  marker: DatabaseMarker | undefined,
): Promise<void> => {
  const named = addressOf(place, webRoot);
  if (marker?.engine === 'postgres') {
    throw refused(
      `The project of ${webRoot} is in the database ${marker.address}, but this start would use ${named}.`,
      `Set ${ENVIRONMENT.databaseUrl} (or NVFL_DATABASE_URL_FILE), or use another folder for another project.`,
    );
  }
  if (marker === undefined || marker.address === named) {
    await requireFile(resolve(webRoot, named), marker?.project !== undefined);
    return;
  }
  if (!(await isFilled(resolve(webRoot, marker.address)))) {
    return;
  }
  throw refused(
    `The project of ${webRoot} is in ${marker.address}, but ${ENVIRONMENT.databaseUrl} names ${named}.`,
    `Start without ${ENVIRONMENT.databaseUrl}, or use another folder for another project.`,
  );
};

/**
 * Makes sure that a start uses the database in which the folder's project is.
 *
 * @throws StartError `badConfiguration`; the database's own error when it cannot be asked
 */
export const requireOwnDatabase = async (webRoot: string, place: DatabaseLocation): Promise<void> => {
  const marker = await readMarker(webRoot);
  if (place.engine === 'postgres') {
    await requirePostgres(webRoot, place, marker);
  } else {
    await requireSqlite(webRoot, place, marker);
  }
};

/** Writes down in the folder which database holds its project, unless that is there already. */
export const markFolder = async (webRoot: string, place: DatabaseLocation, reader: Reader): Promise<void> => {
  const first = await reader.selectFrom('audit').select('hash').where('id', '=', 1).executeTakeFirst();
  const marker: DatabaseMarker = {
    engine: place.engine,
    address: addressOf(place, webRoot),
    ...(first === undefined ? {} : { project: first.hash }),
  };
  const path = join(webRoot, DATABASE_MARKER);
  const text = `${JSON.stringify(marker)}\n`;
  if ((await readFile(path, 'utf8').catch(() => '')) === text) {
    return;
  }
  await writeWhole(path, text);
};
