import { createPrivateKey, X509Certificate } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { errorCode } from '../../contract/error-code.ts';
import { systemReason } from '../../contract/system-reason.ts';
import type { TlsPair } from '../http/listener.ts';
import { StartError } from '../context/start-error.ts';

/** Where the pair is in a project folder. */
export const tlsFiles = (webRoot: string): { readonly cert: string; readonly key: string } => ({
  cert: join(webRoot, 'cert', 'web.crt'),
  key: join(webRoot, 'cert', 'web.key'),
});

const broken = (message: string, cause?: unknown): StartError =>
  new StartError(
    'certificateBroken',
    message,
    'Put a certificate (with its chain) and its unencrypted key, both PEM, into cert/web.crt and cert/web.key.',
    { cause },
  );

/** @throws StartError `certificateBroken` when it cannot be told: HTTP must not be served by mistake */
const exists = async (file: string): Promise<boolean> => {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return false;
    }
    throw broken(`${file} cannot be read: ${systemReason(error)}.`, error);
  }
};

/** True when both files are there, whatever they hold. */
export const hasTlsPair = async (webRoot: string): Promise<boolean> => {
  const files = tlsFiles(webRoot);
  return (await exists(files.cert)) && (await exists(files.key));
};

/**
 * Reads and checks cert/web.crt and cert/web.key.
 *
 * @returns undefined unless both are there
 * @throws StartError `certificateBroken` when they cannot be read or do not belong together
 */
export const readTlsPair = async (webRoot: string): Promise<TlsPair | undefined> => {
  if (!(await hasTlsPair(webRoot))) {
    return undefined;
  }
  const files = tlsFiles(webRoot);
  let pair: TlsPair;
  let matches: boolean;
  try {
    pair = { cert: await readFile(files.cert, 'utf8'), key: await readFile(files.key, 'utf8') };
    matches = new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key));
    createSecureContext(pair);
  } catch (error) {
    throw broken('cert/web.crt or cert/web.key cannot be read.', error);
  }
  if (!matches) {
    throw broken('cert/web.crt and cert/web.key do not belong together.');
  }
  return pair;
};
