import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Returns a secret that this command was given: in the file that one of the variables names, or in the environment.
 *
 * @throws CliError `file_unusable`
 */
export const givenSecret = async (
  fileVariables: readonly string[],
  variable: string,
  { environment, cwd }: Pick<Runtime, 'environment' | 'cwd'>,
): Promise<string | undefined> => {
  for (const name of fileVariables) {
    const named = environment[name];
    if (named === undefined || named === '') {
      continue;
    }
    const path = resolve(cwd, named);
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      const advice = `Correct ${name}, or let this user read the file.`;
      throw CLI_ERRORS.fileUnusable({ path, reason: systemReason(cause), advice }, { cause });
    });
    return text.replace(/\r?\n$/, '');
  }
  const value = environment[variable];
  return value === '' ? undefined : value;
};
