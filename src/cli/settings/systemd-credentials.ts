import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { utf8Text } from '../../contract/utf8-text.ts';
import type { Runtime } from '../runtime.ts';

/** Names under which a unit hands over credentials: `LoadCredential=passphrase:/etc/…`. */
const NAMES = {
  passphrase: 'passphrase',
  credential: 'cred',
  [ENVIRONMENT.secretKey]: 'secret-key',
  [ENVIRONMENT.databaseUrl]: 'database-url',
} as const;

/** Paths and variables from the credentials of the service that runs this command (systemd.exec(5)). */
export interface SystemdCredentials {
  readonly passphraseFile: string | undefined;
  readonly credentialFile: string | undefined;
  readonly environment: ReadonlyMap<string, string>;
}

/** Finds the credentials that systemd hands over; an empty file counts as none. */
export const findSystemdCredentials = async ({ environment }: Runtime): Promise<SystemdCredentials> => {
  const { CREDENTIALS_DIRECTORY } = environment;
  if (CREDENTIALS_DIRECTORY === undefined || CREDENTIALS_DIRECTORY === '') {
    return { passphraseFile: undefined, credentialFile: undefined, environment: new Map() };
  }
  const find = (name: string): string | undefined => {
    const path = join(CREDENTIALS_DIRECTORY, name);
    return existsSync(path) ? path : undefined;
  };
  const variables = new Map<string, string>();
  for (const variable of [ENVIRONMENT.secretKey, ENVIRONMENT.databaseUrl]) {
    const path = find(NAMES[variable]);
    const text = path === undefined ? undefined : utf8Text(await readFile(path))?.replace(/\r?\n$/, '');
    if (text !== undefined && text !== '') {
      variables.set(variable, text);
    }
  }
  return {
    passphraseFile: find(NAMES.passphrase),
    credentialFile: find(NAMES.credential),
    environment: variables,
  };
};
