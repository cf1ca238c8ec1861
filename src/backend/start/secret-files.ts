import { readFileSync } from 'node:fs';
import { SECRET_FILES } from '../../contract/environment.ts';
import { systemReason } from '../../contract/system-reason.ts';
import { utf8Text } from '../../contract/utf8-text.ts';
import { StartError } from '../context/start-error.ts';

/**
 * Reads a secret from the file that one of its `…_FILE` variables names; a line end at its end does not count.
 *
 * @param get returns a variable's value, undefined when unset
 * @returns undefined when no file is named
 * @throws StartError `badConfiguration` when the file cannot be read or is empty
 */
export const readSecretFile = (
  secret: keyof typeof SECRET_FILES,
  get: (name: string) => string | undefined,
): string | undefined => {
  for (const variable of SECRET_FILES[secret]) {
    const path = get(variable);
    if (path === undefined) {
      continue;
    }
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      throw new StartError(
        'badConfiguration',
        `The file ${path} that ${variable} names cannot be read: ${systemReason(error)}.`,
        `Correct ${variable}, or let the user the dashboard runs as read the file.`,
        { cause: error },
      );
    }
    const text = utf8Text(bytes)?.replace(/\r?\n$/, '');
    if (text === undefined) {
      throw new StartError(
        'badConfiguration',
        `The file ${path} that ${variable} names is not UTF-8 text.`,
        'Save it as UTF-8.',
      );
    }
    if (text !== '') {
      return text;
    }
    throw new StartError(
      'badConfiguration',
      `The file ${path} that ${variable} names is empty.`,
      'Write the secret into it.',
    );
  }
  return undefined;
};
