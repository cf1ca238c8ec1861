import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../../contract/error-code.ts';
import { KEPT_ENVIRONMENT, KeptEnvironment } from '../../contract/kept-environment.ts';
import type { Secrets } from '../../contract/secret-frame.ts';
import { StartError } from '../context/start-error.ts';
import { writeWhole } from '../context/write-whole.ts';

const read = async (path: string): Promise<KeptEnvironment> => {
  try {
    return KeptEnvironment.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (isMissing(error)) {
      return {};
    }
    throw new StartError(
      'folderUnusable',
      `${path}, which keeps the environment of the start, cannot be read.`,
      'Delete it, and give the variables again with --env.',
      { cause: error },
    );
  }
};

const write = async (path: string, environment: KeptEnvironment): Promise<void> => {
  if (Object.keys(environment).length === 0) {
    await rm(path, { force: true });
    return;
  }
  try {
    await writeWhole(path, JSON.stringify(environment));
  } catch (error) {
    throw new StartError(
      'folderUnusable',
      `The environment of this start cannot be kept in ${path}.`,
      'Check free space and the rights of the project folder.',
      { cause: error },
    );
  }
};

/** The environment of a start, and how it is kept for the next one. */
export interface StartEnvironment {
  readonly environment: KeptEnvironment;
  /** Called once the start has succeeded: one that fails changes nothing. */
  readonly keep: () => Promise<void>;
}

/**
 * Completes what arrived on standard input by what an earlier start left in the folder. An engine's restart brings
 * nothing and gets all of it; a start brings its own and replaces it.
 *
 * @throws StartError `folderUnusable`
 */
export const startEnvironment = async (folder: string, secrets: Secrets): Promise<StartEnvironment> => {
  const path = join(folder, KEPT_ENVIRONMENT);
  const { environment: given, keepEnvironment } = secrets;
  const fresh = given !== undefined && keepEnvironment !== true;
  const kept = fresh ? {} : await read(path);
  const environment = { ...kept, ...given };
  return {
    environment,
    keep: () => (given === undefined ? Promise.resolve() : write(path, environment)),
  };
};
