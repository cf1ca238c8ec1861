import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';

/** An engine that is reached by TLS with client certificates, as `dockerd --tlsverify` offers it. */
export interface RemoteEngine {
  readonly port: number;
  stop(): Promise<void>;
}

const openssl = (...args: readonly string[]): void => {
  execFileSync('openssl', args, { stdio: 'pipe' });
};

const generateAuthority = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
  const [key, certificate] = [join(folder, 'ca-key.pem'), join(folder, 'ca.pem')];
  const subject = ['-subj', '/CN=engine CA', '-days', '2', '-nodes'];
  openssl('req', '-x509', '-newkey', 'rsa:2048', ...subject, '-keyout', key, '-out', certificate);
};

const makeCertificate = (folder: string, name: string, purpose: 'clientAuth' | 'serverAuth'): void => {
  const [key, request] = [join(folder, `${name}key.pem`), join(folder, `${name}.csr`)];
  const extensions = join(folder, `${name}.ext`);
  writeFileSync(extensions, `subjectAltName=IP:127.0.0.1\nextendedKeyUsage=${purpose}\n`);
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', key, '-out', request);
  openssl(
    ...['x509', '-req', '-in', request, '-CA', join(folder, 'ca.pem'), '-CAkey', join(folder, 'ca-key.pem')],
    ...['-CAcreateserial', '-days', '2', '-extfile', extensions, '-out', join(folder, `${name}cert.pem`)],
  );
};

/** Makes `ca.pem`, `cert.pem` and `key.pem` of a client in a folder, and what the engine's side needs. */
export const makeEngineCertificates = (folder: string): void => {
  generateAuthority(folder);
  makeCertificate(folder, '', 'clientAuth');
  makeCertificate(folder, 'server-', 'serverAuth');
};

/**
 * Puts TLS in front of an engine.
 *
 * @param socketPath of the engine
 * @param folder of {@link makeEngineCertificates}
 */
export const startRemoteEngine = async (socketPath: string, folder: string): Promise<RemoteEngine> => {
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const open = new Set<Socket>();
  const server = createServer(
    {
      ca: read('ca.pem'),
      cert: read('server-cert.pem'),
      key: read('server-key.pem'),
      requestCert: true,
      rejectUnauthorized: true,
      allowHalfOpen: true,
    },
    (client) => {
      const engine = connect({ path: socketPath, allowHalfOpen: true });
      client.on('close', () => engine.destroy());
      client.on('error', () => engine.destroy());
      engine.on('error', () => client.destroy());
      engine.on('close', () => client.end());
      client.pipe(engine).pipe(client);
    },
  );
  // Also those that never get as far as TLS.
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: () =>
      new Promise((done) => {
        for (const socket of open) {
          socket.destroy();
        }
        server.close(() => {
          done();
        });
      }),
  };
};
