import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { BackendProcess } from '../soak/backend-process.ts';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';

const MINUTE_MS = 60_000;
const MACHINE = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
const LIBRARY = `/usr/lib/${MACHINE}-linux-gnu/faketime/libfaketime.so.1`;
const Audit = z.object({ intact: z.boolean() });
const Serials = z.array(z.object({ serial: z.string() }));

let server: PostgresServer;
let replicas: readonly BackendProcess[] = [];
let url = '';

/** How far the clocks of the replicas are off: no clock is right to the second. */
const SKEWS = ['-2m', '+0', '+2m'] as const;

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  replicas = await Promise.all(
    SKEWS.map((skew) =>
      BackendProcess.prepare({
        environment: {
          DATABASE_URL: url,
          SECRET_KEY: 'a key that all replicas share',
          LD_PRELOAD: LIBRARY,
          FAKETIME: skew,
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
        },
      }),
    ),
  );
  for (const replica of replicas) {
    await replica.start();
  }
}, 2 * MINUTE_MS);
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.remove()));
  await server.stop();
}, MINUTE_MS);

const testWithLibrary = existsSync(LIBRARY) ? test : test.skip;

testWithLibrary(
  'replicas whose clocks differ by four minutes share sessions, issue no serial twice and keep one audit chain',
  async () => {
    const tokens = await Promise.all(replicas.map((replica) => replica.logIn()));
    for (const token of tokens) {
      for (const replica of replicas) {
        expect((await replica.ask({ method: 'GET', path: '/me', token })).status).toBe(200);
      }
    }
    const [token = ''] = tokens;
    const project = { short_name: 'skewed', server1: 'server.example.org', key_bits: 2048, frozen: true };
    const [first, ...others] = replicas;
    expect((await first?.ask({ method: 'PATCH', path: '/project', token, body: project }))?.status).toBe(200);
    for (const replica of others) {
      const kits = await Promise.all(
        Array.from({ length: 4 }, () =>
          replica.ask({ method: 'POST', path: '/servers/1/blob', token, body: { pin: 'Pin4Zip9' } }),
        ),
      );
      expect(kits.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    }
    const rows = Serials.parse(await queryDatabase(url, 'select serial from certificate'));
    expect(rows.length).toBeGreaterThanOrEqual(8);
    expect(new Set(rows.map(({ serial }) => serial)).size).toBe(rows.length);
    for (const replica of replicas) {
      expect(Audit.parse((await replica.ask({ method: 'GET', path: '/audit', token })).json)).toEqual({
        intact: true,
      });
    }
  },
  2 * MINUTE_MS,
);
