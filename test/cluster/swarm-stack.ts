import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { docker, engineSocket, ROOT } from '../e2e/surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { makeWebPair } from '../support/web-pair.ts';
import { importHaproxyImage } from './haproxy-image.ts';

const STACK = 'dashboard-test';
const SERVICE = `${STACK}_dashboard`;
const HAPROXY = 'dashboard-test-haproxy:local';
const WAIT_MS = 180_000;
export const ADMIN = { email: 'admin@example.org', password: 'Amber-Lantern-3' } as const;

const Address = z.object({ port: z.number() });
const Login = z.object({ access_token: z.string() });

const environment = (extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  DOCKER_HOST: `unix://${engineSocket}`,
  ...extra,
});

/** Waits until something holds. @throws Error naming it after three minutes */
export const waitFor = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const until = Date.now() + WAIT_MS;
  while (!(await holds())) {
    if (Date.now() > until) {
      throw new Error(
        `${what}: not within ${WAIT_MS / 1000} s\n${docker('service', 'ps', '--no-trunc', SERVICE).text}`,
      );
    }
    await pause(200);
  }
};

/** Lets the containers of the swarm reach a port of this host's loopback interface. */
const openRelay = async (port: number) => {
  const look = ['network', 'inspect', '-f', '{{(index .IPAM.Config 0).Gateway}}', 'docker_gwbridge'];
  // The engine makes this network a moment after it became a swarm.
  await waitFor('the network of the swarm', () => docker(...look).status === 0);
  const gateway = docker(...look);
  const relay = createServer((inside) => {
    const outside = connect(port, '127.0.0.1');
    inside.pipe(outside).pipe(inside);
    inside.on('error', () => outside.destroy());
    outside.on('error', () => inside.destroy());
  });
  relay.listen(0, gateway.text.trim());
  await once(relay, 'listening');
  const address = Address.parse(relay.address());
  return { host: gateway.text.trim(), port: address.port, close: () => relay.close() };
};

/** deploy/swarm on this machine's engine, as a swarm of one node. */
export interface SwarmStack {
  readonly origin: string;
  readonly logIn: () => Promise<string>;
  /** Deploys it again with another image, and waits until Swarm calls the update completed. */
  readonly update: (image: string) => Promise<void>;
  /** IDs of the running containers of the dashboard. */
  readonly replicas: () => readonly string[];
  readonly remove: () => Promise<void>;
}

const isReady = async (origin: string, client: Agent): Promise<boolean> => {
  try {
    const { statusCode, body } = await request(`${origin}/api/v1/ready`, { dispatcher: client });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
};

/**
 * Turns the engine into a swarm and deploys the stack.
 *
 * @param image of the dashboard
 * @param databaseUrl as this host reaches it, on 127.0.0.1
 */
export const deployStack = async (image: string, databaseUrl: string): Promise<SwarmStack> => {
  const joined = docker('swarm', 'init', '--advertise-addr', '127.0.0.1');
  if (joined.status !== 0) {
    throw new Error(joined.text);
  }
  importHaproxyImage(HAPROXY, environment());
  const relay = await openRelay(Number(new URL(databaseUrl).port)).catch((error: unknown) => {
    docker('swarm', 'leave', '--force');
    throw error;
  });
  const url = new URL(databaseUrl);
  url.host = `${relay.host}:${relay.port}`;
  const folder = mkdtempSync(join(tmpdir(), 'swarm-'));
  const pair = makeWebPair(folder, 'localhost', 2) + readFileSync(join(folder, 'cert', 'web.key'), 'utf8');
  rmSync(folder, { recursive: true });
  const secrets = {
    database_url: url.href,
    secret_key: 'a key that all replicas share',
    passphrase: 'a passphrase that all replicas share',
    credential: `${ADMIN.email}:${ADMIN.password}:org`,
    web_pem: pair,
  };
  for (const [name, input] of Object.entries(secrets)) {
    execFileSync('docker', ['secret', 'create', `dashboard_${name}`, '-'], {
      env: environment(),
      input,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
  }
  const port = await freePort();
  const origin = `https://127.0.0.1:${port}`;
  const deploy = (deployed: string): void => {
    const file = join(ROOT, 'deploy', 'swarm', 'stack.yml');
    execFileSync('docker', ['stack', 'deploy', '--resolve-image', 'never', '-c', file, STACK], {
      env: environment({ DASHBOARD_IMAGE: deployed, PROXY_IMAGE: HAPROXY, DASHBOARD_PORT: String(port) }),
      stdio: 'ignore',
    });
  };
  const client = new Agent({ connect: { rejectUnauthorized: false } });
  const remove = async (): Promise<void> => {
    docker('stack', 'rm', STACK);
    const left = (): string =>
      docker('ps', '-q', '--filter', `label=com.docker.stack.namespace=${STACK}`).text;
    await waitFor('the stack is gone', () => left() === '');
    docker('swarm', 'leave', '--force');
    docker('rmi', '-f', HAPROXY);
    relay.close();
    await client.close();
  };
  const replicas = (): readonly string[] =>
    docker('ps', '-q', '--no-trunc', '--filter', `label=com.docker.swarm.service.name=${SERVICE}`)
      .text.split('\n')
      .filter((id) => id !== '');
  try {
    deploy(image);
    await waitFor('the stack answers', () => isReady(origin, client));
    await waitFor('three replicas run', () => replicas().length === 3);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    origin,
    replicas,
    logIn: async () => {
      const { statusCode, body } = await request(`${origin}/api/v1/login`, {
        method: 'POST',
        dispatcher: client,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(ADMIN),
      });
      if (statusCode !== 200) {
        throw new Error(`log-in: ${statusCode} ${await body.text()}`);
      }
      return Login.parse(await body.json()).access_token;
    },
    update: async (next) => {
      deploy(next);
      const state = (): string =>
        docker(
          'service',
          'inspect',
          '-f',
          '{{.UpdateStatus.State}} {{.Spec.TaskTemplate.ContainerSpec.Image}}',
          SERVICE,
        ).text.trim();
      await waitFor('the update is complete', () => state() === `completed ${next}`);
    },
    remove,
  };
};
