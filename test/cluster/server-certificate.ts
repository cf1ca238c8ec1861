import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { queryDatabase } from './postgres-server.ts';

const Settings = z.tuple([z.object({ folder: z.string() })]);

/**
 * Has a PostgreSQL server speak TLS with a certificate for `localhost` (not for 127.0.0.1) of a CA of its own.
 *
 * @param superuser URL of its superuser
 * @returns path of the CA's certificate
 */
export const speakTls = async (superuser: string): Promise<string> => {
  const rows = await queryDatabase(superuser, "select current_setting('data_directory') as folder");
  const [{ folder }] = Settings.parse(rows);
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  };
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Database CA');
  openssl(
    ...['req', '-x509', ...key, '-keyout', 'server.key', '-out', 'server.crt', '-subj', '/CN=localhost'],
    ...['-CA', 'ca.crt', '-CAkey', 'ca.key', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-addext', 'basicConstraints=critical,CA:FALSE'],
  );
  const { uid, gid } = statSync(folder);
  for (const name of ['server.key', 'server.crt']) {
    chmodSync(join(folder, name), 0o600);
    chownSync(join(folder, name), uid, gid);
  }
  await queryDatabase(superuser, 'alter system set ssl = on');
  await queryDatabase(superuser, 'select pg_reload_conf()');
  return join(folder, 'ca.crt');
};
