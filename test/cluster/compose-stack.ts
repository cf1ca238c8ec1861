import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { docker, makeFolder, ROOT, shellEnvironment } from '../e2e/surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';
import { until } from '../support/until.ts';
import { makeWebPair } from '../support/web-pair.ts';
import { importHaproxyImage } from './haproxy-image.ts';
import { importPostgresImage } from './postgres-image.ts';

const WAIT_MS = 120_000;
/** Who the file says reads the secrets. */
const USER = 1000;
export const ADMIN = { email: 'admin@example.org', password: 'Amber-Lantern-3' } as const;
const IMAGES = {
  POSTGRES_IMAGE: 'dashboard-test-postgres:local',
  PROXY_IMAGE: 'dashboard-test-haproxy:compose',
};

/** A response through the proxy. */
export interface Reply {
  readonly status: number;
  readonly json: unknown;
}

/** deploy/compose on this machine's engine. */
export interface ComposeStack {
  readonly origin: string;
  readonly ask: (method: string, path: string, body?: unknown, token?: string) => Promise<Reply>;
  /** Resolves once the proxy finds a replica that is ready. */
  readonly ready: () => Promise<void>;
  readonly compose: (...args: readonly string[]) => { readonly status: number | null; readonly text: string };
  /** IDs of the containers of a service. */
  readonly containers: (service: string) => readonly string[];
  readonly remove: () => void;
}

const writeSecrets = (folder: string): void => {
  const secrets = join(folder, 'secrets');
  mkdirSync(secrets);
  const password = 'database-password-of-the-test';
  const pair = makeWebPair(folder, 'localhost', 2) + readFileSync(join(folder, 'cert', 'web.key'), 'utf8');
  const texts = {
    'database-password': password,
    'database-url': `postgres://dashboard:${password}@database/dashboard`,
    'secret-key': 'a key that both replicas share',
    passphrase: 'a passphrase that both replicas share',
    credential: `${ADMIN.email}:${ADMIN.password}:hospital`,
    'web.pem': pair,
  };
  for (const [name, text] of Object.entries(texts)) {
    const path = join(secrets, name);
    writeFileSync(path, text, { mode: 0o400 });
    chownSync(path, USER, USER);
  }
  chmodSync(secrets, 0o755);
};

/** Starts the stack as its file says, with images of this machine's programs. */
export const startComposeStack = async (image: string): Promise<ComposeStack> => {
  const folder = makeFolder();
  const environment = {
    ...shellEnvironment(folder.path),
    ...IMAGES,
    DASHBOARD_IMAGE: image,
    DASHBOARD_PORT: String(await freePort()),
    DASHBOARD_SUBNET: `10.214.${randomInt(256)}.0/24`,
    COMPOSE_PROJECT_NAME: uniqueName(),
  };
  importHaproxyImage(IMAGES.PROXY_IMAGE, environment);
  importPostgresImage(IMAGES.POSTGRES_IMAGE, environment);
  for (const name of ['compose.yaml', 'haproxy.cfg']) {
    cpSync(join(ROOT, 'deploy', 'compose', name), join(folder.path, name));
  }
  writeSecrets(folder.path);
  const compose = (...args: readonly string[]) => {
    const file = ['-f', join(folder.path, 'compose.yaml')];
    const { status, stdout, stderr } = spawnSync('docker-compose', [...file, ...args], {
      cwd: folder.path,
      env: environment,
      encoding: 'utf8',
    });
    return { status, text: stdout + stderr };
  };
  const client = new Agent({ connect: { rejectUnauthorized: false } });
  const origin = `https://127.0.0.1:${environment.DASHBOARD_PORT}`;
  const ask = async (method: string, path: string, body?: unknown, token = ''): Promise<Reply> => {
    const response = await request(`${origin}/api/v1${path}`, {
      method,
      dispatcher: client,
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    const isJson = String(response.headers['content-type']).startsWith('application/json');
    return {
      status: response.statusCode,
      json: isJson ? z.unknown().parse(JSON.parse(bytes.toString('utf8'))) : undefined,
    };
  };
  const ready = async (): Promise<void> => {
    await until(
      () =>
        ask('GET', '/ready').then(
          ({ status }) => status === 200,
          () => false,
        ),
      WAIT_MS,
    ).catch((error: unknown) => {
      throw new Error(compose('logs', '--tail=20').text, { cause: error });
    });
  };
  const remove = (): void => {
    compose('down', '--volumes', '--timeout', '1');
    docker('rmi', '-f', ...Object.values(IMAGES));
    folder.remove();
    void client.destroy();
  };
  const { status, text } = compose('up', '-d');
  if (status !== 0) {
    remove();
    throw new Error(text);
  }
  return {
    origin,
    ask,
    ready,
    compose,
    containers: (service) =>
      compose('ps', '-q', service)
        .text.split('\n')
        .filter((line) => /^[\da-f]{64}$/.test(line)),
    remove,
  };
};
