import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FAULTS } from '../errors/faults.ts';
import { systemReason } from '../errors/system-reason.ts';

const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

/** How the dashboard will be reached, by what `cert/` holds. */
export type WebMode =
  | { readonly scheme: 'http'; readonly warnings: readonly string[] }
  | {
      readonly scheme: 'https';
      readonly warnings: readonly string[];
      readonly subject: string;
      readonly notAfter: Date;
      /** Host names which the certificate is for, wildcards left out. */
      readonly hosts: readonly string[];
      /** SHA-256 of the DER, upper-case pairs with colons. */
      readonly fingerprint: string;
    };

const broken = (path: string, reason: string, cause?: unknown): Error =>
  FAULTS.certificateBroken({ path, reason }, cause === undefined ? {} : { cause });

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) {
      return undefined;
    }
    throw broken(path, systemReason(cause), cause);
  });

const parseCertificate = (pem: string, path: string): X509Certificate => {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw broken(path, 'web.crt holds no certificate in PEM form', cause);
  }
};

const parseKey = (pem: string, path: string): KeyObject => {
  if (pem.includes('ENCRYPTED'))
    throw broken(path, 'web.key is encrypted; the dashboard needs it unencrypted');
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw broken(path, 'web.key holds no private key in PEM form', cause);
  }
};

const hostsOf = (certificate: X509Certificate): readonly string[] =>
  (certificate.subjectAltName ?? '')
    .split(', ')
    .filter((name) => name.startsWith('DNS:'))
    .map((name) => name.slice('DNS:'.length))
    .filter((name) => /^[A-Za-z0-9.-]+$/.test(name));

/**
 * Looks at `cert/web.crt` and `cert/web.key`: both give HTTPS, none HTTP, one alone HTTP with a warning.
 *
 * @param folder the project's
 * @throws CliError `certificate_broken` when both are there but cannot serve
 */
export const inspectWebCertificate = async (folder: string, now: Date): Promise<WebMode> => {
  const path = join(folder, 'cert');
  const [certificatePem, keyPem] = await Promise.all([
    readIfThere(join(path, 'web.crt')),
    readIfThere(join(path, 'web.key')),
  ]);
  if (certificatePem === undefined && keyPem === undefined) return { scheme: 'http', warnings: [] };
  if (certificatePem === undefined || keyPem === undefined) {
    const [there, missing] = keyPem === undefined ? ['web.crt', 'web.key'] : ['web.key', 'web.crt'];
    return { scheme: 'http', warnings: [`${path} holds ${there} but no ${missing}: serving HTTP.`] };
  }
  const certificate = parseCertificate(certificatePem, path);
  if (!certificate.checkPrivateKey(parseKey(keyPem, path))) {
    throw broken(path, 'web.key is not the key of web.crt');
  }
  const notAfter = new Date(certificate.validTo);
  const notBefore = new Date(certificate.validFrom);
  if (notAfter <= now) throw broken(path, `web.crt expired on ${notAfter.toISOString().slice(0, 10)}`);
  if (notBefore > now) throw broken(path, `web.crt is not valid before ${notBefore.toISOString()}`);
  const days = Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS);
  return {
    scheme: 'https',
    warnings: days < WARN_DAYS ? [`the web certificate in ${path} expires in ${days} days.`] : [],
    subject: certificate.subject.split('\n').join(', '),
    notAfter,
    hosts: hostsOf(certificate),
    fingerprint: certificate.fingerprint256,
  };
};
