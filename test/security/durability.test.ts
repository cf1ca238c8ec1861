import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const ROUNDS = 50;
const BUDGET_MILLISECONDS = 75_000;
const WRITERS = 8;
const START_MILLISECONDS = 20_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'correct-horse-battery';

let folder: string;
let port: number;
let child: ChildProcess | undefined;

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = z.object({ port: z.number() }).parse(probe.address());
  probe.close();
  await once(probe, 'close');
  return address.port;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'durability-'));
  port = await freePort();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const url = (route: string): string => `http://127.0.0.1:${port}/api/v1${route}`;

const isUp = async (): Promise<boolean> => {
  try {
    return (await fetch(url('/ready'))).status === 200;
  } catch {
    return false;
  }
};

const start = async (): Promise<ChildProcess> => {
  const started = spawn(process.execPath, [MAIN], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      NVFL_WEB_ROOT: folder,
      NVFL_WEB_HOST: '127.0.0.1',
      NVFL_WEB_PORT: String(port),
      NVFL_CREDENTIAL: `${EMAIL}:${PASSWORD}:nvidia`,
      NVFL_LOG_LEVEL: 'silent',
    },
  });
  child = started;
  const until = Date.now() + START_MILLISECONDS;
  while (!(await isUp())) {
    if (started.exitCode !== null || Date.now() > until) throw new Error('the backend did not start');
    await pause(20);
  }
  return started;
};

const login = async (): Promise<string> => {
  const response = await fetch(url('/login'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
};

/** Registers sites, one after the other, until the backend is gone; notes the names of those it acknowledged. */
const write = async (token: string, label: string, acknowledged: string[]): Promise<void> => {
  for (let count = 0; ; count += 1) {
    const name = `${label}-${count}`;
    const response = await fetch(url('/clients'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ name, organization: 'hospital' }),
    }).catch(() => undefined);
    if (response === undefined) return;
    expect([name, response.status]).toEqual([name, 201]);
    acknowledged.push(name);
    await response.arrayBuffer().catch(() => undefined);
  }
};

const stored = (): { readonly names: ReadonlySet<string>; readonly integrity: unknown } => {
  const db = new Database(path.join(folder, 'db.sqlite'), { readonly: true });
  try {
    const names = z.array(z.string()).parse(db.prepare('SELECT name FROM client').pluck().all());
    return { names: new Set(names), integrity: db.pragma('integrity_check', { simple: true }) };
  } finally {
    db.close();
  }
};

const itIfBuilt = existsSync(MAIN) ? it : it.skip;

itIfBuilt(
  'loses no write it acknowledged when it is killed, again and again',
  async () => {
    const until = Date.now() + BUDGET_MILLISECONDS;
    const acknowledged: string[] = [];
    let token: string | undefined;
    let rounds = 0;
    for (; rounds < ROUNDS && Date.now() < until; rounds += 1) {
      const backend = await start();
      const bearer = (token ??= await login());
      const writers = Array.from({ length: WRITERS }, (_none, writer) =>
        write(bearer, `r${rounds}w${writer}`, acknowledged),
      );
      // Killed in the midst of writes, at another point each round.
      const enough = acknowledged.length + WRITERS + (rounds % 11);
      while (acknowledged.length < enough) await Promise.race([pause(2), Promise.all(writers)]);
      const gone = once(backend, 'exit');
      backend.kill('SIGKILL');
      await gone;
      await Promise.all(writers);
      const { names, integrity } = stored();
      expect(integrity).toBe('ok');
      expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
    }
    process.stdout.write(`durability: ${rounds} kills, ${acknowledged.length} acknowledged writes, 0 lost\n`);
    expect(rounds).toBeGreaterThan(0);
  },
  150_000,
);
