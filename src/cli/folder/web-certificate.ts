import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../contract/error-code.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';
import { checkChain, mismatchReason, readChain, notPem } from './web-chain.ts';

const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

/** Describes how the dashboard will be reached, by what `cert/` holds. */
export type WebMode =
  | { readonly scheme: 'http'; readonly warnings: readonly string[] }
  | {
      readonly scheme: 'https';
      /** False when it is expired or not valid yet. */
      readonly isCurrent: boolean;
      readonly warnings: readonly string[];
      readonly subject: string;
      readonly notAfter: Date;
      /** Host names which the certificate is for, wildcards left out. */
      readonly hosts: readonly string[];
      /** SHA-256 of the DER, upper-case pairs with colons. */
      readonly fingerprint: string;
    };

const broken = (path: string, reason: string, cause?: unknown): Error =>
  CLI_ERRORS.certificateBroken({ path, reason }, cause === undefined ? {} : { cause });

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    if (errorCode(cause) === 'ENOENT') {
      return undefined;
    }
    throw broken(path, systemReason(cause), cause);
  });

const parseKey = (pem: string): KeyObject => {
  if (pem.includes('ENCRYPTED')) {
    throw new Error('web.key is encrypted; the dashboard needs it unencrypted');
  }
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new Error(notPem('web.key', 'private key', pem), { cause: error });
  }
};

const hostsOf = (certificate: X509Certificate): readonly string[] =>
  (certificate.subjectAltName ?? '')
    .split(', ')
    .filter((name) => name.startsWith('DNS:'))
    .map((name) => name.slice('DNS:'.length))
    .filter((name) => /^[A-Za-z0-9.-]+$/.test(name));

const inspectPair = async (
  cert: string,
  key: string,
  now: Date,
): Promise<{ readonly certificate: X509Certificate; readonly chainWarnings: readonly string[] }> => {
  const chain = readChain(cert);
  const privateKey = parseKey(key);
  const [certificate] = chain;
  if (certificate?.checkPrivateKey(privateKey) !== true) {
    throw new Error(mismatchReason(chain, privateKey));
  }
  return { certificate, chainWarnings: await checkChain(chain, { cert, key }, now) };
};

/** An expired pair is served with a warning: a dashboard that does not start helps nobody renew it. */
const dateWarnings = (path: string, notBefore: Date, notAfter: Date, now: Date): readonly string[] => {
  if (notAfter <= now) {
    return [
      `the web certificate in ${path} expired on ${notAfter.toISOString()}; clients refuse it. Renew it.`,
    ];
  }
  if (notBefore > now) {
    return [
      `the web certificate in ${path} is not valid before ${notBefore.toISOString()}; check this host's clock (${now.toISOString()}).`,
    ];
  }
  const days = Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS);
  if (days >= WARN_DAYS) {
    return [];
  }
  return [`the web certificate in ${path} expires in ${days === 0 ? 'less than a day' : `${days} days`}.`];
};

/**
 * Looks at `cert/web.crt` and `cert/web.key`: both give HTTPS, none HTTP, one alone HTTP with a warning.
 *
 * @param folder the project's
 * @throws CliError `certificate_broken` when both are there but no client could connect
 */
export const inspectWebCertificate = async (folder: string, now: Date): Promise<WebMode> => {
  const path = join(folder, 'cert');
  const [certificatePem, keyPem] = await Promise.all([
    readIfThere(join(path, 'web.crt')),
    readIfThere(join(path, 'web.key')),
  ]);
  if (certificatePem === undefined && keyPem === undefined) {
    return { scheme: 'http', warnings: [] };
  }
  if (certificatePem === undefined || keyPem === undefined) {
    const [there, missing] = keyPem === undefined ? ['web.crt', 'web.key'] : ['web.key', 'web.crt'];
    return { scheme: 'http', warnings: [`${path} holds ${there} but no ${missing}: serving HTTP.`] };
  }
  const { certificate, chainWarnings } = await inspectPair(certificatePem, keyPem, now).catch(
    (cause: unknown) => {
      throw broken(path, cause instanceof Error ? cause.message : String(cause), cause);
    },
  );
  const notAfter = new Date(certificate.validTo);
  const notBefore = new Date(certificate.validFrom);
  return {
    scheme: 'https',
    isCurrent: notBefore <= now && now < notAfter,
    warnings: [...dateWarnings(path, notBefore, notAfter, now), ...chainWarnings],
    subject: certificate.subject.split('\n').join(', '),
    notAfter,
    hosts: hostsOf(certificate),
    fingerprint: certificate.fingerprint256,
  };
};
