import { readCredential, type CredentialText } from '../../contract/credential.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { Runtime } from '../runtime.ts';
import { generatePassword } from './make-password.ts';

/** The first project admin. */
export interface Credential extends CredentialText {
  /** The password was generated here and has to be shown once. */
  readonly generated: boolean;
}

/** Rejects a credential before anything else is done with it. @throws CliError `credential_invalid` */
export const requireCredential = (text: string | undefined, source: string): void => {
  const read = text === undefined ? undefined : readCredential(text);
  if (read?.ok === false) {
    throw CLI_ERRORS.credentialInvalid({ source, reason: `it ${read.error}` });
  }
};

/**
 * Reads a credential; without a password one is generated.
 *
 * @param source where it stood, for the error
 * @throws CliError `credential_invalid`
 */
export const parseCredential = (
  text: string,
  source: string,
  randomInt: Runtime['randomInt'],
): Credential => {
  const read = readCredential(text);
  if (!read.ok) {
    throw CLI_ERRORS.credentialInvalid({ source, reason: `it ${read.error}` });
  }
  const generated = read.credential.password === '';
  return {
    ...read.credential,
    ...(generated ? { password: generatePassword(randomInt) } : {}),
    generated,
  };
};
