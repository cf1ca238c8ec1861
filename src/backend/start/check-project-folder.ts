import { join } from 'node:path';
import type { FolderProblems } from '../../contract/maintenance.ts';
import { readTokenKey, TOKEN_KEY_FILE } from '../auth/token-key.ts';
import { isSealed, storedAs } from '../../pki/root-key.ts';
import { readStoredRoot } from '../store/read-stored-root.ts';
import { onReadableDisk } from '../store/sqlite/read-only-disk.ts';
import { StartError } from '../context/start-error.ts';
import { releaseOf } from '../services/project/project-fields.ts';
import { readProperties } from '../services/project/read-properties.ts';

const tokenKeyProblem = async (webRoot: string): Promise<FolderProblems['tokenKey']> => {
  try {
    await readTokenKey(join(webRoot, TOKEN_KEY_FILE));
    return undefined;
  } catch (error) {
    return error instanceof StartError
      ? { message: error.message, advice: error.advice }
      : { message: String(error), advice: 'Let the user the dashboard runs as read it.' };
  }
};

/** Looks at the files beside the database as a start would, and changes nothing. */
export const checkProjectFolder = async (webRoot: string): Promise<FolderProblems> => {
  const tokenKey = await tokenKeyProblem(webRoot);
  const { source, problems } = await readProperties(webRoot, releaseOf(''));
  const [first] = problems.map(({ path, message }) => `${path} ${message}`.trim());
  const root = await onReadableDisk(join(webRoot, 'db.sqlite'), (file) =>
    readStoredRoot({ engine: 'sqlite', file }),
  ).catch(() => undefined);
  return {
    ...(root === undefined ? {} : { rootKey: storedAs(root.key) }),
    ...(root === undefined || isSealed(root.key) ? {} : { rootKeyInClear: true }),
    ...(tokenKey === undefined ? {} : { tokenKey }),
    ...(first === undefined ? {} : { properties: `${source}: ${first}` }),
  };
};
