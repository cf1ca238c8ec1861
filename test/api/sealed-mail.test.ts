import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mailConfig, startMailSink, type MailSink } from '../support/mail-sink.ts';
import { ADMIN, startBackend, type Backend } from './backend.ts';

const PASSPHRASE = 'Seven grey herons wait';
const MINUTE_MS = 60_000;
let sink: MailSink;
let backend: Backend;
let ahead = 0;
const now = (): Date => new Date(Date.now() + ahead);
const isSealed = ({ parsed }: { parsed: { subject?: string | undefined } }): boolean =>
  parsed.subject === 'lung: the root CA waits for its passphrase';

beforeAll(async () => {
  sink = await startMailSink();
  backend = await startBackend({ mail: mailConfig(sink.port), passphrase: PASSPHRASE, now });
  await backend.admin('PATCH', '/project', {
    short_name: 'lung',
    title: 'lung',
    server1: 'fl-server.example.org',
    key_bits: 2048,
  });
  expect((await backend.admin('PATCH', '/project', { frozen: true })).status).toBe(200);
}, 60_000);
afterAll(async () => {
  await backend.close();
  await sink.close();
}, 30_000);

it('tells the project admins five minutes after a start that left the root key sealed', async () => {
  backend = await backend.restart();
  expect(sink.received.filter(isSealed)).toEqual([]);
  ahead += 5 * MINUTE_MS;
  const mail = await sink.wait(({ to, ...others }) => to === ADMIN && isSealed(others));
  expect(mail.parsed.text).toContain('dashboard unseal');
});
