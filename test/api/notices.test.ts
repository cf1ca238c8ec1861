import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { mailConfig, startMailSink, type MailSink } from '../support/mail-sink.ts';
import { startWebhookEndpoint, type WebhookEndpoint } from '../support/webhook-endpoint.ts';
import { ADMIN, startBackend, type Backend } from './backend.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Days for which the kits' certificates are valid. */
const VALID_DAYS = 100;

let sink: MailSink;
let endpoint: WebhookEndpoint;
let backend: Backend;
let offset = 0;

const expiryMails = () =>
  sink.received.filter(({ to, parsed }) => to === ADMIN && parsed.subject?.includes('expires') === true);

const expiryHooks = () => endpoint.received.filter(({ body }) => body.includes('"certificate.expiring"'));

beforeAll(async () => {
  sink = await startMailSink();
  endpoint = await startWebhookEndpoint();
  backend = await startBackend({
    mail: mailConfig(sink.port),
    webhookNetworks: ['127.0.0.1'],
    now: () => new Date(Date.now() + offset),
  });
  await backend.admin('POST', '/webhooks', { name: 'it', url: endpoint.url });
}, MINUTE_MS);
afterAll(async () => {
  await backend.close();
  await endpoint.close();
  await sink.close();
}, MINUTE_MS);

it('tells everybody approved, and webhooks, that kits are ready once the project is frozen', async () => {
  await backend.user('waits@clinic.org', 'member', 'clinic', 0);
  await backend.admin('PATCH', '/project', {
    title: 'Lung',
    short_name: 'lung',
    server1: 'fl.example.org',
    leaf_valid_days: VALID_DAYS,
    key_bits: 2048,
  });
  expect((await backend.admin('PATCH', '/project', { frozen: true })).status).toBe(200);
  const { parsed } = await sink.wait(
    ({ to, parsed: { subject } }) => to === ADMIN && /kit is ready/.test(subject ?? ''),
  );
  expect(parsed.text).toContain('https://flare.example.org/downloads');
  await endpoint.wait(({ body }) => body.includes('"kits.ready"'));
  expect(sink.received.some(({ to }) => to === 'waits@clinic.org')).toBe(false);
});

it('tells webhooks of a revoked certificate', async () => {
  expect((await backend.admin('POST', '/servers/1/blob', {})).status).toBe(200);
  const { json } = await backend.admin('GET', '/kits');
  const [{ serial }] = z.tuple([z.object({ serial: z.string() })]).parse(json['kits']);
  const body = { serials: [serial], reason: 'superseded' };
  expect((await backend.admin('POST', '/certificates/revoke', body)).status).toBe(200);
  const hook = await endpoint.wait(({ body: sent }) => sent.includes('"certificate.revoked"'));
  expect(JSON.parse(hook.body)).toMatchObject({
    data: { kind: 'server', name: 'fl.example.org', serial, reason: 'superseded' },
  });
});

it('tells the owner of a certificate, and webhooks, 30 and 7 days before it expires, once each', async () => {
  expect((await backend.admin('POST', '/users/1/blob', {})).status).toBe(200);
  const upTo = async (daysBefore: number, count: number): Promise<void> => {
    offset = (VALID_DAYS - daysBefore) * DAY_MS + MINUTE_MS;
    await sink.wait(() => expiryMails().length >= count);
    await endpoint.wait(() => expiryHooks().length >= count);
  };
  await upTo(30, 1);
  expect(expiryMails()[0]?.parsed.text).toContain(ADMIN);
  offset += DAY_MS;
  // Whatever the certificates' look a day later finds leaves before this e-mail or with it.
  await backend.stranger('POST', '/password/forgot', { email: ADMIN });
  await sink.wait(({ parsed }) => /password/.test(parsed.subject ?? ''));
  await upTo(7, 2);
  expect([expiryMails().length, expiryHooks().length]).toEqual([2, 2]);
});
