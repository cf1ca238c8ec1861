import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { mailConfig, startMailSink, type MailSink } from '../support/mail-sink.ts';
import { until } from '../support/until.ts';
import { startBackend, type Backend } from './backend.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PASSWORD = 'blue-tractor-91';
const EMAIL = 'anna@clinic.org';
const Messages = z.array(z.looseObject({ event: z.string(), recipient: z.string() }));

const running: { readonly close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) {
    await one.close();
  }
}, MINUTE);

let offset = 0;
const now = (): Date => new Date(Date.now() + offset);

const start = async (
  port: number,
  more: Partial<Parameters<typeof startBackend>[0]> = {},
): Promise<Backend> => {
  offset = 0;
  const backend = await startBackend({ mail: mailConfig(port), now, ...more });
  running.push(backend);
  return backend;
};

const startSink = async (port?: number): Promise<MailSink> => {
  const sink = await startMailSink(port === undefined ? {} : { port });
  running.push(sink);
  return sink;
};

const signUp = async (backend: Backend): Promise<void> => {
  await backend.admin('PATCH', '/project', { public: true });
  const body = { email: EMAIL, password: PASSWORD, organization: 'clinic', role: 'member' };
  expect((await backend.stranger('POST', '/users', body)).status).toBe(201);
  expect((await backend.stranger('POST', '/login', { email: EMAIL, password: PASSWORD })).status).toBe(200);
};

const messageTo = async (backend: Backend, state: string) => {
  const { json } = await backend.admin('GET', `/outbox?state=${state}`);
  return Messages.parse(json['messages']).find(
    ({ event, recipient }) => event === 'email_confirmation' && recipient === EMAIL,
  );
};

describe('a mail server', () => {
  it(
    'that is down for a day keeps nobody from signing up, and gets the e-mails when it is back',
    async () => {
      const port = await freePort();
      const backend = await start(port);
      await signUp(backend);
      const waiting = () =>
        until(async () => {
          const found = await messageTo(backend, 'waiting');
          return found?.['error'] === undefined ? undefined : found;
        });
      expect(await waiting()).toMatchObject({ error: 'unreachable' });
      offset = 26 * HOUR;
      const sink = await startSink(port);
      await sink.wait(({ to }) => to === EMAIL);
    },
    MINUTE,
  );

  it(
    'that greylists gets the e-mail after a minute, once',
    async () => {
      const sink = await startSink();
      sink.refuse(() => ({ code: 450, message: 'greylisted' }));
      const backend = await start(sink.port);
      await signUp(backend);
      const deferred = await until(async () => {
        const found = await messageTo(backend, 'waiting');
        return found?.['error'] === 'deferred' ? found : undefined;
      });
      expect(deferred).toMatchObject({ attempts: 1, error_detail: expect.stringContaining('greylisted') });
      sink.refuse(() => undefined);
      offset = 2 * MINUTE;
      await sink.wait(({ to }) => to === EMAIL);
      await until(() => messageTo(backend, 'sent'));
      expect(sink.received.filter(({ to }) => to === EMAIL)).toHaveLength(1);
    },
    MINUTE,
  );

  it(
    'that says nothing keeps no request waiting',
    async () => {
      const sockets = new Set<Socket>();
      const silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const address = silent.address();
      const backend = await start(typeof address === 'object' && address !== null ? address.port : 0);
      await signUp(backend);
      await until(() => Promise.resolve(sockets.size > 0 ? true : undefined));
      const began = performance.now();
      expect((await backend.admin('GET', '/inbox')).status).toBe(200);
      expect((await backend.stranger('POST', '/login', { email: EMAIL, password: PASSWORD })).status).toBe(
        200,
      );
      expect(performance.now() - began).toBeLessThan(5000);
      expect((await backend.admin('GET', '/outbox')).json['waiting']).toBeGreaterThan(0);
      for (const socket of sockets) {
        socket.destroy();
      }
      silent.close();
    },
    MINUTE,
  );
});

it(
  'retries and sends a failed message again when the project admin asks',
  async () => {
    const sink = await startSink();
    sink.refuse(() => ({ code: 550, message: 'no such mailbox' }));
    const backend = await start(sink.port);
    await signUp(backend);
    const failed = await until(() => messageTo(backend, 'failed'));
    sink.refuse(() => undefined);
    expect((await backend.admin('POST', `/outbox/${String(failed['id'])}/retry`)).status).toBe(200);
    await sink.wait(({ to }) => to === EMAIL);
    await until(() => messageTo(backend, 'sent'));
    expect((await backend.admin('POST', `/outbox/${String(failed['id'])}/retry`)).status).toBe(409);
  },
  MINUTE,
);

it(
  'drops the link for a forgotten password that could not leave within half an hour',
  async () => {
    const port = await freePort();
    const backend = await start(port);
    await signUp(backend);
    await backend.stranger('POST', '/password/forgot', { email: EMAIL });
    await until(async () => {
      const { json } = await backend.admin('GET', '/outbox?state=waiting');
      return Messages.parse(json['messages']).find(
        (message) => message.event === 'password_reset' && message['error'] !== undefined,
      );
    });
    const sink = await startSink(port);
    offset = 31 * MINUTE;
    const reply = await until(async () => {
      const again = await backend.stranger('POST', '/login', {
        email: 'admin@example.org',
        password: 'correct-horse-battery',
      });
      const admin = backend.as(z.string().parse(again.json['access_token']));
      const { json } = await admin('GET', '/outbox?state=failed');
      return Messages.parse(json['messages']).find(({ event }) => event === 'password_reset');
    });
    expect(reply).toMatchObject({ state: 'failed' });
    expect(sink.received.filter(({ parsed }) => /new password/.test(parsed.subject ?? ''))).toEqual([]);
  },
  MINUTE,
);
