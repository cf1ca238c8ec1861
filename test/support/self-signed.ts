import { execFileSync } from 'node:child_process';

const BLOCK = /-----BEGIN (PRIVATE KEY|CERTIFICATE)-----[^]*?-----END \1-----\n/g;

/** Makes a key and a certificate of its own, as PEM. @param names such as `DNS:localhost,IP:127.0.0.1` */
export const selfSigned = (names: string): { readonly key: string; readonly cert: string } => {
  const pem = execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=mail'],
      ...['-addext', `subjectAltName=${names}`, '-keyout', '-', '-out', '-'],
    ],
    { stdio: 'pipe', encoding: 'utf8' },
  );
  const [key = '', cert = ''] = [...pem.matchAll(BLOCK)].map(([block]) => block);
  return { key, cert };
};
