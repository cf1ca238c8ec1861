import { isAbsolute } from 'node:path';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { StartError } from '../context/start-error.ts';
import type { HardwareSettings } from '../root-ca/hardware/hardware-token.ts';
import { readSecretFile } from './secret-files.ts';

const DEFAULT_KEY = 'nvflare-root';
/** Of CK_TOKEN_INFO. */
const MAX_TOKEN_LABEL = 32;

const wrong = (name: string, reason: string, advice: string): StartError =>
  new StartError('badConfiguration', `${name} ${reason}.`, advice);

/**
 * Reads where the root key's token is.
 *
 * @param get returns a variable's value, undefined when unset
 * @returns undefined without a module
 * @throws StartError `badConfiguration`
 */
export const readHardware = (get: (name: string) => string | undefined): HardwareSettings | undefined => {
  const module = get(ENVIRONMENT.pkcs11Module);
  if (module === undefined) {
    return undefined;
  }
  if (!isAbsolute(module)) {
    throw wrong(
      ENVIRONMENT.pkcs11Module,
      'is no absolute path',
      'Write the whole path, such as /usr/lib/softhsm/libsofthsm2.so.',
    );
  }
  const [token = '', key = DEFAULT_KEY, ...rest] = (get(ENVIRONMENT.pkcs11Label) ?? '').split('/');
  if (token === '' || key === '' || rest.length > 0 || Buffer.byteLength(token) > MAX_TOKEN_LABEL) {
    throw wrong(
      ENVIRONMENT.pkcs11Label,
      'is not TOKEN or TOKEN/KEY',
      `Name the label of the token, and of the key in it if it is not ${DEFAULT_KEY}.`,
    );
  }
  const pin = readSecretFile('pkcs11Pin', get) ?? get(ENVIRONMENT.pkcs11Pin);
  if (pin === undefined) {
    throw wrong(`${ENVIRONMENT.pkcs11Pin}_FILE`, 'is not set', 'Name a file with the PIN of the token.');
  }
  return { module, token, key, pin };
};
