import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Puts a new web.crt and web.key into the folder's cert/, each in one step. @returns the certificate's fingerprint */
export const renewWebCertificate = async (folder: string): Promise<string> => {
  const cert = path.join(folder, 'cert');
  await mkdir(cert, { recursive: true });
  const [crt, key] = [path.join(folder, 'new.crt'), path.join(folder, 'new.key')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', key, '-out', crt],
  ]);
  const fingerprint = new X509Certificate(await readFile(crt)).fingerprint256;
  await rename(crt, path.join(cert, 'web.crt'));
  await rename(key, path.join(cert, 'web.key'));
  return fingerprint;
};

/** SHA-256 of the certificate that a port shows now. */
export const shownFingerprint = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.end();
    });
    socket.once('error', reject);
  });
