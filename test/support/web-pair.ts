import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes `cert/web.crt` and `cert/web.key` in a project folder as an operator does, valid for a number of days.
 *
 * @returns the certificate's PEM
 */
export const makeWebPair = (folder: string, host: string, days: number): string => {
  const cert = join(folder, 'cert');
  mkdirSync(cert, { recursive: true });
  const file = join(cert, 'web.crt');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', String(days), '-subj', `/CN=${host}`],
      ...['-addext', `subjectAltName=DNS:${host},DNS:localhost,IP:127.0.0.1`],
      ...['-keyout', join(cert, 'web.key'), '-out', file],
    ],
    { stdio: 'pipe' },
  );
  return readFileSync(file, 'utf8');
};
