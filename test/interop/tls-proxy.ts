import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';

/** A place that ends TLS with a certificate of its own and passes on what comes, as sites put before a server. */
export interface TlsProxy {
  readonly port: number;
  /** PEM of the certificate authority that its certificate is from. */
  readonly authority: string;
  /** Connections taken until now. */
  readonly taken: () => number;
  readonly close: () => void;
}

const certificates = (folder: string): void => {
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  };
  const newKey = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  openssl(...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Proxy CA');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-addext', 'basicConstraints=critical,CA:FALSE'];
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  openssl(...newKey, '-keyout', 'proxy.key', '-out', 'proxy.pem', '-subj', '/CN=proxy', ...signed, ...names);
};

/**
 * Opens a proxy on 127.0.0.1 with a fresh authority's certificate.
 *
 * @param folder where its keys may lie; made here
 * @param target port on 127.0.0.1 that is spoken to without TLS
 */
export const openTlsProxy = async (folder: string, target: number): Promise<TlsProxy> => {
  mkdirSync(folder, { recursive: true });
  certificates(folder);
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8');
  let taken = 0;
  const sockets = new Set<{ readonly destroy: () => unknown }>();
  const server = createServer(
    { key: file('proxy.key'), cert: file('proxy.pem'), ALPNProtocols: ['h2'] },
    (outside) => {
      taken += 1;
      const inside = connect(target, '127.0.0.1');
      for (const [from, to] of [
        [outside, inside],
        [inside, outside],
      ] as const) {
        sockets.add(from);
        from.pipe(to);
        // Either end may vanish at any time; then the other one goes, too.
        from.on('error', () => to.destroy());
        from.on('close', () => to.destroy());
      }
    },
  );
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address: AddressInfo | string | null = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    authority: file('ca.pem'),
    taken: () => taken,
    close: () => {
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
};
