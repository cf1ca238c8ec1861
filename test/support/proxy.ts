import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const READY_MS = 60_000;

/** Describes how a proxy is started on its example. */
interface Program {
  readonly program: string;
  readonly example: string;
  /** Turns the example, with ports and certificate already replaced, into what runs in the folder. */
  readonly configure?: (text: string, folder: string, port: number) => string;
  readonly options: (file: string, folder: string) => readonly string[];
}

const APACHE_MODULES = [
  'mpm_event',
  'authz_core',
  'ssl',
  'socache_shmcb',
  'proxy',
  'proxy_http',
  'headers',
  'alias',
];

const apacheConfiguration = (text: string, folder: string, port: number): string =>
  [
    ...APACHE_MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    ...[`ServerRoot ${folder}`, `PidFile ${folder}/apache.pid`, `ErrorLog ${folder}/apache.log`],
    ...['User nobody', 'Group nogroup', 'ServerName localhost', `Listen 127.0.0.1:${port}`, text],
  ].join('\n');

export const PROXIES: Readonly<Record<string, Program>> = {
  nginx: {
    program: 'nginx',
    example: 'nginx.conf',
    options: (file, folder) => [
      ...['-p', folder, '-c', file, '-e', 'stderr'],
      ...['-g', `daemon off; pid ${folder}/nginx.pid;`],
    ],
  },
  HAProxy: { program: 'haproxy', example: 'haproxy.cfg', options: (file) => ['-db', '-f', file] },
  Caddy: {
    program: 'caddy',
    example: 'Caddyfile',
    configure: (text, _folder, port) =>
      text
        .replace('admin off', 'admin off\n\tauto_https disable_redirects')
        .replace('dashboard.example.org {', `https://127.0.0.1:${port}, https://localhost:${port} {`)
        .replace('# tls /', 'tls /'),
    options: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
  Apache: {
    program: 'apache2',
    example: 'apache.conf',
    configure: apacheConfiguration,
    options: (file) => ['-DFOREGROUND', '-f', file],
  },
};

const PATH = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];

/** True where the program is installed. */
export const isInstalled = (program: string): boolean =>
  PATH.some((folder) => existsSync(join(folder, program)));

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Proxy {
  /** Such as `https://127.0.0.1:4711`. */
  readonly url: string;
  /** PEM of its certificate. */
  readonly ca: string;
  /** Asks through the proxy, whose certificate is checked. */
  readonly ask: (
    path: string,
    options?: {
      readonly method?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    },
  ) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

const asking =
  (url: string, ca: string): Proxy['ask'] =>
  (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const text = body === undefined ? undefined : JSON.stringify(body);
      const type = text === undefined ? {} : { 'content-type': 'application/json' };
      const sent = request(
        { hostname, port, path, method, ca, agent: false, headers: { ...type, ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const { statusCode: status = 0, headers: answered } = response;
            resolve({ status, headers: answered, text: Buffer.concat(chunks).toString('utf8') });
          });
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });

/**
 * Starts a real proxy with its example of deploy/proxy on a port of its own.
 *
 * @param backend address of the dashboard, `host:port`
 * @param keptPath stands in the example where it has `/nvflare-dashboard`
 */
export const startProxy = async (
  { program, example, configure, options }: Program,
  {
    backend,
    keptPath = '/nvflare-dashboard',
    port: wanted,
  }: { backend: string; keptPath?: string; port?: number },
): Promise<Proxy> => {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  const port = wanted ?? (await freePort());
  const [crt, key, pem] = ['crt', 'key', 'pem'].map((ending) => join(folder, `web.${ending}`));
  if (crt === undefined || key === undefined || pem === undefined) {
    throw new Error('no names');
  }
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', key, '-out', crt],
    ],
    { stdio: 'ignore' },
  );
  const ca = readFileSync(crt, 'utf8');
  writeFileSync(pem, ca + readFileSync(key, 'utf8'));
  const text = readFileSync(new URL(`../../deploy/proxy/${example}`, import.meta.url), 'utf8')
    .replaceAll('127.0.0.1:8443', backend)
    .replaceAll('/nvflare-dashboard', keptPath)
    .replaceAll('/etc/ssl/dashboard', join(folder, 'web'))
    .replace(/(?<=listen |bind :|\*:)443/, program === 'nginx' ? `127.0.0.1:${port}` : String(port));
  const file = join(folder, example);
  mkdirSync(join(folder, 'home'));
  writeFileSync(file, configure === undefined ? text : configure(text, folder, port));
  const proxy: ChildProcess = spawn(program, options(file, folder), {
    env: { ...process.env, PATH: PATH.join(delimiter), HOME: join(folder, 'home') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  proxy.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const ended = once(proxy, 'exit');
  const url = `https://127.0.0.1:${port}`;
  const ask = asking(url, ca);
  const isReady = async (): Promise<boolean> => {
    try {
      return (await ask(`${keptPath}/health`)).status === 200;
    } catch {
      return false;
    }
  };
  const deadline = Date.now() + READY_MS;
  while (!(await isReady())) {
    if (Date.now() > deadline || proxy.exitCode !== null) {
      throw new Error(`${program} does not serve: ${said}`);
    }
    await delay(50);
  }
  return {
    url,
    ca,
    ask,
    stop: async () => {
      proxy.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
