import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BackendProcess } from '../soak/backend-process.ts';
import { startMailSink, type MailSink } from '../support/mail-sink.ts';
import { until } from '../support/until.ts';
import { startWebhookEndpoint } from '../support/webhook-endpoint.ts';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';

const INVITED = 60;
const MINUTE = 60_000;

let server: PostgresServer;
let sink: MailSink;
let url = '';
let replicas: readonly BackendProcess[] = [];

beforeAll(async () => {
  server = await startPostgres();
  sink = await startMailSink();
  url = await server.createDatabase();
  const environment = {
    DATABASE_URL: url,
    SECRET_KEY: 'a key that all replicas share',
    NVFL_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    NVFL_SMTP_URL: `smtp://127.0.0.1:${sink.port}?starttls=never`,
    NVFL_MAIL_FROM: 'Dashboard <dashboard@example.org>',
    NVFL_PUBLIC_URL: 'https://flare.example.org/',
  };
  replicas = await Promise.all([1, 2, 3].map(() => BackendProcess.prepare({ environment })));
  await Promise.all(replicas.map((replica) => replica.start()));
}, 2 * MINUTE);
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.remove()));
  await sink.close();
  await server.stop();
}, MINUTE);

/** Resolves when nothing waits any more: what a recipient has is marked as sent a moment later. */
const allLeft = () =>
  until(async () => {
    const waiting = await queryDatabase(url, "select id from outbox where state = 'waiting'");
    return waiting.length === 0 ? true : undefined;
  }, MINUTE);

test(
  'sends each e-mail once from three replicas, with a link that works',
  async () => {
    const [first] = replicas;
    const token = (await first?.logIn()) ?? '';
    const emails = Array.from({ length: INVITED }, (_, index) => `guest-${index}@clinic.org`);
    const body = { emails, organization: 'clinic', role: 'member' };
    expect(await first?.ask({ method: 'POST', path: '/invitations', token, body })).toMatchObject({
      status: 201,
    });
    for (const email of emails) {
      const { parsed } = await sink.wait(({ to }) => to === email, MINUTE);
      expect(parsed.text).toContain('https://flare.example.org/sign-up#invitation=nvfi_');
    }
    await allLeft();
    expect(sink.received.map(({ to }) => to).sort()).toEqual([...emails].sort());
  },
  2 * MINUTE,
);

test(
  'sends each message to a webhook once from three replicas',
  async () => {
    const [first] = replicas;
    const token = (await first?.logIn()) ?? '';
    const endpoint = await startWebhookEndpoint();
    try {
      const hook = { name: 'it', url: endpoint.url, events: ['invitation.created'] };
      expect(await first?.ask({ method: 'POST', path: '/webhooks', token, body: hook })).toMatchObject({
        status: 201,
      });
      const emails = Array.from({ length: INVITED }, (_, index) => `colleague-${index}@clinic.org`);
      const body = { emails, organization: 'clinic', role: 'member' };
      await first?.ask({ method: 'POST', path: '/invitations', token, body });
      await allLeft();
      const ids = endpoint.received.map(({ headers }) => headers['webhook-id']);
      expect([ids.length, new Set(ids).size]).toEqual([INVITED, INVITED]);
    } finally {
      await endpoint.close();
    }
  },
  2 * MINUTE,
);
