import { execFileSync, spawnSync } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const inNewFolder = <T>(work: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/**
 * Returns what OpenSSL's strict check of a chain of two says, at a time; `leaf.pem: OK` and a line feed when it holds.
 */
export const opensslVerify = (rootPem: string, leafPem: string, at: Date): string =>
  inNewFolder((cwd) => {
    writeFileSync(join(cwd, 'root.pem'), rootPem);
    writeFileSync(join(cwd, 'leaf.pem'), leafPem);
    const time = String(Math.floor(at.getTime() / 1000));
    const args = ['verify', '-x509_strict', '-attime', time, '-CAfile', 'root.pem', 'leaf.pem'];
    const { stdout, stderr } = spawnSync('openssl', args, { cwd, encoding: 'utf8' });
    return stdout + stderr;
  });

/**
 * A root certificate that OpenSSL makes, from now on.
 *
 * @param subject as OpenSSL writes it: `/CN=…/O=…`
 * @param keyIdentifier hexadecimal bytes with colons
 */
export const opensslRoot = (
  privateKey: KeyObject,
  { subject, keyIdentifier, days }: { subject: string; keyIdentifier: string; days: number },
): string =>
  inNewFolder((cwd) => {
    writeFileSync(join(cwd, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const extensions = [
      `subjectKeyIdentifier=${keyIdentifier}`,
      'basicConstraints=critical,CA:TRUE',
      'keyUsage=critical,keyCertSign',
    ];
    const args = ['req', '-x509', '-config', '/dev/null', '-key', 'key.pem', '-subj', subject];
    const all = [
      ...args,
      '-days',
      String(days),
      ...extensions.flatMap((extension) => ['-addext', extension]),
    ];
    return execFileSync('openssl', all, { cwd, encoding: 'utf8' });
  });

/** A certificate as OpenSSL shows it to people. */
export const opensslText = (pem: string): string =>
  execFileSync('openssl', ['x509', '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus'], {
    input: pem,
    encoding: 'utf8',
  });
