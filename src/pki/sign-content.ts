import { constants, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { SigningKey } from './signing-key.ts';

const signInThreadPool = promisify(sign);

/**
 * Signs a file of a kit the way NVFLARE checks `signature.json`: RSA-PSS, SHA-256, MGF1 with SHA-256 and the
 * longest salt, which runtimes on older crypto libraries require. The work is done off the event loop.
 *
 * @param privateKey the root CA's key
 * @param content the raw bytes of the file
 * @returns the signature, as long as the key's modulus
 */
export const signContent = (privateKey: SigningKey, content: Buffer): Promise<Buffer> =>
  privateKey.type === 'remote'
    ? privateKey.sign('pss', content)
    : signInThreadPool('sha256', content, {
        key: privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_MAX_SIGN,
      });
