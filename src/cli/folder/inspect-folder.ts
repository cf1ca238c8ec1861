import { access, constants, readlink, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorCode, isForbidden } from '../../contract/error-code.ts';
import { DATABASE_MARKER } from '../../contract/database-marker.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';

/** The project folder as it was found. */
export interface ProjectFolder {
  readonly path: string;
  /** Owner of the folder: the user that a container runs as. */
  readonly owner: { readonly uid: number; readonly gid: number };
  /** There is a database: not the first run. */
  readonly hasDatabase: boolean;
}

/** A project has begun in the folder. */
const isMarked = async (folder: string): Promise<boolean> =>
  (await statOrUndefined(join(folder, DATABASE_MARKER))) !== undefined;

const OWNER_RWX = 0o700;
const OWNER_RW = 0o600;

const statOrUndefined = (path: string): Promise<Stats | undefined> =>
  stat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  });

const permissionText = (facts: Stats): string =>
  `its mode is ${(facts.mode & 0o777).toString(8).padStart(3, '0')}, its owner ${facts.uid}`;

/** Why the user may not read and write this, going by owner and mode; undefined when it may. */
const refusal = (facts: Stats, uid: number, wanted: number): string | undefined => {
  if (uid === 0) {
    return undefined;
  }
  const mayAsOwner = facts.uid === uid && (facts.mode & wanted) === wanted;
  const mayAsOther = facts.uid !== uid && (facts.mode & (wanted >> 6)) === wanted >> 6;
  return mayAsOwner || mayAsOther ? undefined : permissionText(facts);
};

/** Returns the facts of a folder. @throws CliError `folder_missing`, `folder_not_folder`, `folder_impossible`, `folder_not_writable` */
export const requireFolder = async (path: string): Promise<Stats> => {
  const facts = await statOrUndefined(path).catch((cause: unknown) => {
    const reason = systemReason(cause);
    throw isForbidden(cause)
      ? CLI_ERRORS.folderNotWritable({ path, who: 'you', reason }, { cause })
      : CLI_ERRORS.folderImpossible({ path, reason }, { cause });
  });
  if (facts === undefined) {
    const target = await readlink(path).catch(() => undefined);
    throw target === undefined
      ? CLI_ERRORS.folderMissing({ path })
      : CLI_ERRORS.folderLinkBroken({ path, target: resolve(dirname(path), target) });
  }
  if (!facts.isDirectory()) {
    throw CLI_ERRORS.folderNotFolder({ path });
  }
  return facts;
};

/**
 * Checks that the folder is there and can be used by whom the backend will run as; changes nothing.
 *
 * @param runsAs numeric user of the backend; undefined: the folder's owner
 * @param readOnly whether a read-only file system will do
 * @throws CliError as {@link requireFolder}, and `folder_not_writable`
 */
export const inspectFolder = async (
  path: string,
  runsAs: number | undefined,
  readOnly: 'refused' | 'enough' = 'refused',
): Promise<ProjectFolder> => {
  const folder = await requireFolder(path);
  const uid = runsAs ?? folder.uid;
  const who = uid === 0 ? 'root' : `user ${uid}`;
  const check = (facts: Stats, at: string, wanted: number): void => {
    const reason = refusal(facts, uid, wanted);
    if (reason !== undefined) {
      const owner = facts.uid === uid ? {} : { newOwner: uid };
      throw CLI_ERRORS.folderNotWritable({ path: at, who, reason, ...owner });
    }
  };
  check(folder, path, OWNER_RWX);
  // A read-only file system shows only here, and only for permissions which this user has.
  await access(path, constants.W_OK).catch((cause: unknown) => {
    if (errorCode(cause) === 'EROFS' && readOnly === 'refused') {
      throw CLI_ERRORS.folderReadOnly({ path }, { cause });
    }
  });
  const databasePath = join(path, 'db.sqlite');
  const database = await statOrUndefined(databasePath);
  if (database === undefined && (await readlink(databasePath).catch(() => undefined)) !== undefined) {
    const reason = 'it is a link to a file that does not exist';
    throw CLI_ERRORS.databaseNotFile({ path: databasePath, reason });
  }
  if (database !== undefined) {
    if (!database.isFile()) {
      throw CLI_ERRORS.databaseNotFile({ path: databasePath, reason: 'it is not a file' });
    }
    check(database, databasePath, OWNER_RW);
  }
  return {
    path,
    owner: { uid: folder.uid, gid: folder.gid },
    // An empty file that held a project is for the backend to refuse.
    hasDatabase: database !== undefined && (database.size > 0 || (await isMarked(path))),
  };
};
