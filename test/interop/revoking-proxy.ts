import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from './ports.ts';

/** Proxies that check client certificates against a revocation list. */
export type ProxyName = 'nginx' | 'haproxy';

export interface RevokingProxy {
  /** HTTP status that a client with the kit's certificate gets; `refused` when the handshake fails. */
  readonly ask: (kit: string) => string;
  readonly close: () => Promise<void>;
}

/** False where the program is not installed. */
export const isInstalled = (name: ProxyName): boolean => spawnSync(name, ['-v']).error === undefined;

const nginx = (folder: string, port: number): string => `
pid ${folder}/nginx.pid; error_log ${folder}/error.log; worker_processes 1; daemon off;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${folder}/server.crt; ssl_certificate_key ${folder}/server.key;
    ssl_verify_client on; ssl_client_certificate ${folder}/rootCA.pem; ssl_crl ${folder}/crl.pem;
    location / { return 200 "in"; }
  }
}`;

const haproxy = (folder: string, port: number): string => `
global
defaults
  mode http
  timeout client 5s
  timeout connect 5s
  timeout server 5s
frontend all
  bind 127.0.0.1:${port} ssl crt ${folder}/server.pem ca-file ${folder}/rootCA.pem crl-file ${folder}/crl.pem verify required
  http-request return status 200
`;

const responds = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

/**
 * Starts a proxy with a server kit's certificate.
 *
 * @param folder where its files may lie
 * @param crl revocation list, PEM
 */
export const startRevokingProxy = async (
  name: ProxyName,
  folder: string,
  serverKit: string,
  crl: string,
): Promise<RevokingProxy> => {
  const port = await freePort();
  const files = ['server.crt', 'server.key', 'rootCA.pem'].map((file) => {
    const text = readFileSync(join(serverKit, 'startup', file), 'utf8');
    writeFileSync(join(folder, file), text);
    return text;
  });
  writeFileSync(join(folder, 'server.pem'), files.slice(0, 2).join('\n'));
  writeFileSync(join(folder, 'crl.pem'), crl);
  const config = join(folder, `${name}.conf`);
  writeFileSync(config, name === 'nginx' ? nginx(folder, port) : haproxy(folder, port));
  const args = name === 'nginx' ? ['-p', folder, '-c', config] : ['-f', config];
  const child: ChildProcess = spawn(name, args, { stdio: 'inherit' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const end = Date.now() + 60_000;
  while (!(await responds(port))) {
    if (Date.now() > end || child.exitCode !== null) {
      throw new Error(`${name} does not answer`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    ask: (kit) => {
      const at = (file: string): string => join(kit, 'startup', file);
      const client = ['--cert', at('client.crt'), '--key', at('client.key'), '--cacert', at('rootCA.pem')];
      const write = ['-s', '-o', join(folder, 'body.txt'), '-w', '%{http_code}', '--max-time', '10'];
      const { stdout } = spawnSync('curl', [...write, ...client, `https://localhost:${port}/`], {
        encoding: 'utf8',
      });
      return stdout === '000' ? 'refused' : stdout;
    },
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
