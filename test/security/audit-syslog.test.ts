import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { auditHeadText } from '../../src/contract/audit-head.ts';
import { startBackend, type Backend } from '../api/backend.ts';
import { freePort } from '../support/free-port.ts';
import { hasRsyslog, startRsyslog, type ReceivedMessage, type Rsyslog } from '../support/rsyslog.ts';
import { until } from '../support/until.ts';
import { makeWebPair } from '../support/web-pair.ts';

const MINUTE = 60_000;
const WAIT_MS = 40_000;
const Rows = z.array(z.object({ id: z.number(), action: z.string(), actor: z.string(), hash: z.string() }));

let folder: string;
let port: number;
let backend: Backend | undefined;
let receiver: Rsyslog | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rsyslog-'));
  port = await freePort();
});
afterEach(async () => {
  await backend?.close();
  await receiver?.stop();
  backend = undefined;
  receiver = undefined;
  await rm(folder, { recursive: true });
});

const started = async (tls: boolean, ca?: string): Promise<Backend> => {
  backend = await startBackend({ syslog: { tls, host: 'localhost', port, ca } });
  return backend;
};
const storedRows = async (from: Backend) =>
  Rows.parse((await from.admin('GET', '/audit?limit=500')).json['audit']);
const rename = async (by: Backend, title: string) => {
  expect((await by.admin('PATCH', '/project', { title })).status).toBe(200);
};
const rowsIn = (messages: readonly ReceivedMessage[]) =>
  messages.filter(({ id }) => id !== 'audit.head').map(({ content }) => content['id']);
const numbersTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

const describeWithRsyslog = hasRsyslog() ? describe : describe.skip;
describeWithRsyslog('with rsyslog', () => {
  it.each([
    ['TCP', false],
    ['TLS', true],
  ])(
    'sends every row and the head over %s',
    async (_name, tls) => {
      const ca = makeWebPair(folder, 'localhost', 2);
      receiver = await startRsyslog(folder, port, tls);
      const sender = await started(tls, tls ? ca : undefined);
      await rename(sender, 'Zürich');
      await sender.stranger('POST', '/login', { email: 'nobody@example.org', password: 'wrong-guess-1' });
      const rows = await storedRows(sender);
      const { received } = receiver;
      expect(await until(() => rowsIn(received()).length >= rows.length, WAIT_MS)).toBe(true);
      expect(rowsIn(received()).slice(0, rows.length)).toEqual(numbersTo(rows.length));
      expect(received().find(({ id }) => id === 'project.change')).toEqual({
        priority: '109',
        app: 'nvflare-dashboard',
        id: 'project.change',
        data: expect.stringMatching(/^\[meta sequenceId="\d+"\]$/),
        content: expect.objectContaining({
          actor: 'admin@example.org',
          target: 'project',
          hash: expect.any(String),
        }),
      });
      expect(received().find(({ id }) => id === 'session.refuse')).toMatchObject({ priority: '108' });
      await sender.close();
      backend = undefined;
      const last = received()
        .filter(({ id }) => id !== 'audit.head')
        .at(-1)?.content;
      const head = auditHeadText(
        z
          .object({ id: z.number(), hash: z.string() })
          .transform(({ id, hash }) => ({ sequence: id, hash }))
          .parse(last),
      );
      expect(await until(() => received().at(-1)?.content['head'] === head, WAIT_MS)).toBe(true);
    },
    2 * MINUTE,
  );

  it(
    'sends the rows that a receiver missed while it was away, also over a restart',
    async () => {
      receiver = await startRsyslog(folder, port, false);
      const first = await started(false);
      await rename(first, 'one');
      const before = (await storedRows(first)).length;
      const { received, stop } = receiver;
      expect(await until(() => rowsIn(received()).length >= before, WAIT_MS)).toBe(true);
      await stop();
      const began = performance.now();
      await rename(first, 'two');
      expect(performance.now() - began).toBeLessThan(5000);
      const second = await first.restart();
      backend = second;
      await rename(second, 'three');
      const rows = (await storedRows(second)).length;
      receiver = await startRsyslog(folder, port, false);
      expect(await until(() => new Set(rowsIn(received())).size >= rows, WAIT_MS)).toBe(true);
      expect([...new Set(rowsIn(received()))].slice(0, rows)).toEqual(numbersTo(rows));
    },
    2 * MINUTE,
  );
});

describe('a receiver', () => {
  let server: Server;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    server = createServer((socket) => {
      // Takes nothing.
      socket.pause();
      sockets.push(socket);
    });
    await new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) {
      socket.destroy();
    }
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });

  it(
    'that takes nothing delays no request and no stop',
    async () => {
      const sender = await started(false);
      expect(await until(() => sockets.length > 0, WAIT_MS)).toBe(true);
      for (let count = 0; count < 20; count += 1) {
        await rename(sender, `title ${count} ${'x'.repeat(200)}`);
      }
      const began = performance.now();
      await sender.close();
      backend = undefined;
      expect(performance.now() - began).toBeLessThan(20_000);
    },
    2 * MINUTE,
  );

  it('whose certificate the CA file does not vouch for gets nothing', async () => {
    await new Promise((resolve) => {
      server.close(resolve);
    });
    makeWebPair(folder, 'localhost', 2);
    const read = (name: string) => readFileSync(join(folder, 'cert', name));
    const taken: Buffer[] = [];
    const refusals: Error[] = [];
    const impostor = createTlsServer({ cert: read('web.crt'), key: read('web.key') }, (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => taken.push(chunk));
    });
    impostor.on('tlsClientError', (error) => refusals.push(error));
    impostor.on('secureConnection', (socket) => {
      socket.on('close', () => refusals.push(new Error('closed')));
    });
    await new Promise<void>((resolve) => {
      impostor.listen(port, '127.0.0.1', resolve);
    });
    server = impostor;
    const elsewhere = await mkdtemp(join(tmpdir(), 'rsyslog-ca-'));
    const sender = await started(true, makeWebPair(elsewhere, 'localhost', 2));
    await rm(elsewhere, { recursive: true });
    await rename(sender, 'a title');
    expect(await until(() => refusals.length > 1, WAIT_MS)).toBe(true);
    expect(taken).toEqual([]);
  }, 180_000);
});
