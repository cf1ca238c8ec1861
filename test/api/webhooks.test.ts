import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { until } from '../support/until.ts';
import { startWebhookEndpoint, type WebhookEndpoint } from '../support/webhook-endpoint.ts';
import { ADMIN, startBackend, PASSWORD as ADMIN_PASSWORD, type Ask, type Backend } from './backend.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PASSWORD = 'blue-tractor-91';
const Added = z.object({ webhook: z.object({ id: z.string() }), secret: z.string() });
const Delivery = z.looseObject({
  id: z.string(),
  event: z.string(),
  state: z.string(),
  attempts: z.number(),
});
const Deliveries = z.object({ deliveries: z.array(Delivery), total: z.number() });
const Sent = z.object({ type: z.string(), timestamp: z.string(), data: z.looseObject({}) });

let backend: Backend;
let admin: Ask;
let endpoint: WebhookEndpoint;
let offset = 0;
let count = 0;

beforeAll(async () => {
  endpoint = await startWebhookEndpoint();
  backend = await startBackend({
    webhookNetworks: ['127.0.0.1/32'],
    now: () => new Date(Date.now() + offset),
  });
  admin = backend.admin;
  await admin('PATCH', '/project', { title: 'Lung', short_name: 'lung', public: true });
}, MINUTE);
afterAll(async () => {
  await backend.close();
  await endpoint.close();
}, MINUTE);
beforeEach(() => {
  count += 1;
  endpoint.respond((response) => response.writeHead(204).end());
});

/** A session that the clock has not left behind. */
const logIn = async (): Promise<void> => {
  const { json } = await backend.stranger('POST', '/login', { email: ADMIN, password: ADMIN_PASSWORD });
  admin = backend.as(z.string().parse(json['access_token']));
};

const add = async (more: object = {}) => {
  const url = `${endpoint.url}-${count}`;
  const reply = await admin('POST', '/webhooks', { name: `hook ${count}`, url, ...more });
  expect(reply.status).toBe(201);
  const { webhook, secret } = Added.parse(reply.json);
  return { id: webhook.id, secret };
};

const arrived = (type: string, path = `/hooks/9f3c-${count}`) =>
  endpoint.wait((hook) => hook.path === path && hook.body.includes(`"${type}"`));

const deliveries = async (id: string) =>
  Deliveries.parse((await admin('GET', `/webhooks/${id}/deliveries`)).json).deliveries;

const settled = (id: string, fits: (delivery: z.infer<typeof Delivery>) => boolean) =>
  until(async () => (await deliveries(id)).find(fits));

const signUp = async () => {
  const email = `person-${count}@clinic.org`;
  const body = { email, password: PASSWORD, organization: 'clinic', role: 'org_admin' };
  const { json } = await backend.stranger('POST', '/users', body);
  return { email, id: z.object({ id: z.number() }).parse(json['user']).id };
};

const remove = (id: string) => admin('DELETE', `/webhooks/${id}`);

describe('a webhook', () => {
  it('gets what happens, signed as Standard Webhooks has it', async () => {
    const { id, secret } = await add();
    expect(secret).toMatch(/^whsec_/);
    const { email } = await signUp();
    const { headers, body } = await arrived('request.waiting');
    const verified = new Webhook(secret).verify(body, z.record(z.string(), z.string()).parse(headers));
    expect(Sent.parse(verified)).toMatchObject({
      type: 'request.waiting',
      data: { project: 'Lung', kind: 'user', name: email, organization: 'clinic' },
    });
    const delivery = await settled(id, ({ state }) => state === 'sent');
    expect(delivery).toMatchObject({ event: 'request.waiting', attempts: 1, id: headers['webhook-id'] });
    await remove(id);
  });

  it('is told of decisions and invitations, and of nothing it did not ask for', async () => {
    const { id } = await add({ events: ['request.decided', 'invitation.created'] });
    const user = await signUp();
    await admin('POST', '/approvals', { decision: 'deny', users: [user.id], reason: 'unknown' });
    expect(Sent.parse(JSON.parse((await arrived('request.decided')).body)).data).toMatchObject({
      kind: 'user',
      name: user.email,
      decision: 'denied',
      reason: 'unknown',
    });
    const emails = [`guest-${count}@clinic.org`];
    await admin('POST', '/invitations', { emails, organization: 'clinic', role: 'lead' });
    expect(Sent.parse(JSON.parse((await arrived('invitation.created')).body)).data).toMatchObject({
      email: emails[0],
      role: 'lead',
    });
    expect((await deliveries(id)).map(({ event }) => event).sort()).toEqual([
      'invitation.created',
      'request.decided',
    ]);
    await remove(id);
  });

  it('never shows its path or its secret again', async () => {
    const { id, secret } = await add();
    const list = JSON.stringify((await admin('GET', '/webhooks')).json);
    expect(list).toContain(`http://127.0.0.1:${endpoint.port}"`);
    expect(list).not.toContain('hooks/9f3c');
    expect(list).not.toContain(secret);
    expect(JSON.stringify((await admin('GET', '/audit?limit=50')).json)).not.toContain('hooks/9f3c');
    await remove(id);
  });

  it('is signed with both secrets for a day after its secret was renewed', async () => {
    const { id, secret } = await add();
    const renewed = await admin('POST', `/webhooks/${id}/secret`);
    const { secret: next } = Added.parse(renewed.json);
    expect(next).not.toBe(secret);
    const test = async () => {
      const before = endpoint.received.length;
      expect((await admin('POST', `/webhooks/${id}/test`)).json).toMatchObject({ sent: true });
      const { headers, body } = await endpoint.wait((hook) => endpoint.received.indexOf(hook) >= before);
      const texts = z.record(z.string(), z.string()).parse(headers);
      const { 'webhook-signature': signature = '' } = texts;
      const timestamp = new Date(Number(texts['webhook-timestamp']) * 1000);
      return (key: string) =>
        signature.includes(new Webhook(key).sign(texts['webhook-id'] ?? '', timestamp, body));
    };
    const during = await test();
    expect([during(secret), during(next)]).toEqual([true, true]);
    offset += DAY;
    await logIn();
    const after = await test();
    expect([after(secret), after(next)]).toEqual([false, true]);
    offset = 0;
    await logIn();
    await remove(id);
  });

  it('that is paused gets nothing, and no event is kept for it', async () => {
    const { id } = await add();
    expect((await admin('PATCH', `/webhooks/${id}`, { state: 'paused' })).json).toMatchObject({
      webhook: { state: 'paused' },
    });
    await signUp();
    expect(await deliveries(id)).toEqual([]);
    await admin('PATCH', `/webhooks/${id}`, { state: 'active' });
    expect((await admin('POST', `/webhooks/${id}/test`)).json).toMatchObject({ sent: true });
    await remove(id);
  });

  it('that is removed takes its log and what waits with it', async () => {
    endpoint.respond((response) => response.writeHead(503).end());
    const { id } = await add();
    await signUp();
    await settled(id, ({ attempts }) => attempts === 1);
    await remove(id);
    expect((await admin('GET', `/webhooks/${id}/deliveries`)).status).toBe(404);
    expect((await admin('POST', `/webhooks/${id}/test`)).status).toBe(404);
    expect((await remove(id)).status).toBe(404);
  });
});

describe('a chat', () => {
  it('gets a text, in Slack’s form', async () => {
    const { id } = await add({ format: 'slack' });
    const { email } = await signUp();
    const { body } = await endpoint.wait((hook) => hook.path === `/hooks/9f3c-${count}`);
    expect(JSON.parse(body)).toEqual({
      text: `Lung: The account ${email} of clinic waits for a decision.`,
    });
    await remove(id);
  });

  it('gets a card, in Teams’ form and in German', async () => {
    const { id } = await add({ format: 'teams', language: 'de' });
    await signUp();
    const { body } = await endpoint.wait((hook) => hook.path === `/hooks/9f3c-${count}`);
    expect(body).toContain('wartet auf eine Entscheidung');
    expect(JSON.parse(body)).toMatchObject({ type: 'message' });
    await remove(id);
  });
});

describe('an endpoint', () => {
  it.each([
    ['responds with 500', 500, 'deferred'],
    ['responds with 429', 429, 'deferred'],
    ['responds with 404', 404, 'refused'],
    ['redirects', 302, 'redirected'],
  ])('that %s is tried again later', async (_what, status, error) => {
    endpoint.respond((response) =>
      response.writeHead(status, { location: `${endpoint.url}-elsewhere` }).end('no\u0007pe'),
    );
    const { id } = await add();
    await signUp();
    const failed = await settled(id, (delivery) => delivery['error'] !== undefined);
    expect(failed).toMatchObject({ state: 'waiting', error });
    expect(endpoint.received.some(({ path }) => path.endsWith('elsewhere'))).toBe(false);
    endpoint.respond((response) => response.writeHead(200).end());
    offset += 2 * MINUTE;
    expect(await settled(id, ({ state }) => state === 'sent')).toMatchObject({ id: failed.id, attempts: 2 });
    offset = 0;
    await remove(id);
  });

  it('that is gone is paused', async () => {
    endpoint.respond((response) => response.writeHead(410).end());
    const { id } = await add();
    await signUp();
    expect(await settled(id, ({ state }) => state === 'failed')).toMatchObject({ error: 'gone' });
    const list = z.array(z.looseObject({ id: z.string(), state: z.string() }));
    const { json } = await admin('GET', '/webhooks');
    expect(list.parse(json['webhooks']).find((hook) => hook.id === id)).toMatchObject({ state: 'paused' });
    await remove(id);
  });

  it('that never stops talking is cut off, and what it said counts', async () => {
    endpoint.respond((response) => {
      response.writeHead(200);
      const flood = (): void => {
        if (!response.destroyed) {
          response.write('x'.repeat(64 * 1024), flood);
        }
      };
      flood();
    });
    const { id } = await add();
    const reply = await admin('POST', `/webhooks/${id}/test`);
    expect(reply.json).toMatchObject({ sent: true });
    expect(String(reply.json['detail']).length).toBeLessThanOrEqual(200);
    await remove(id);
  });

  it(
    'that is slow holds up neither requests nor other webhooks',
    async () => {
      const slow = `/hooks/9f3c-${count}`;
      endpoint.respond((response, { path }) => {
        if (path !== slow) {
          response.writeHead(204).end();
        }
      });
      const { id } = await add();
      const other = await add({ name: `quick ${count}`, url: `${endpoint.url}-quick-${count}` });
      const began = performance.now();
      await signUp();
      await arrived('request.waiting');
      await arrived('request.waiting', `${slow.replace(`-${count}`, '')}-quick-${count}`);
      expect(performance.now() - began).toBeLessThan(8000);
      expect(await settled(id, ({ state, attempts }) => state === 'waiting' && attempts === 1)).toBeDefined();
      await until(async () => (await deliveries(id)).find((delivery) => delivery['error'] === 'too_slow'));
      await remove(id);
      await remove(other.id);
    },
    MINUTE,
  );

  it('that does not listen is tried again', async () => {
    const gone = await startWebhookEndpoint();
    await gone.close();
    const { id } = await add({ url: gone.url });
    expect((await admin('POST', `/webhooks/${id}/test`)).json).toMatchObject({
      sent: false,
      error: 'unreachable',
      detail: 'ECONNREFUSED',
    });
    await remove(id);
  });

  it('without a trusted certificate gets nothing', async () => {
    const { id } = await add({ url: endpoint.url.replace('http:', 'https:') });
    expect((await admin('POST', `/webhooks/${id}/test`)).json).toMatchObject({ sent: false });
    expect(endpoint.received.some(({ path }) => path === `/hooks/9f3c-${count}`)).toBe(false);
    await remove(id);
  });
});

describe('an address', () => {
  it.each([
    'https://127.0.0.2/',
    'https://2130706434/',
    'https://0x7f000002/',
    'https://0177.0.0.2/',
    'https://127.2/',
    'https://0.0.0.0/',
    'https://10.0.0.1/',
    'https://192.168.1.1/hook',
    'http://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.2]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://１２７.0.0.2/',
    'http://8.8.8.8/',
  ])('%s is refused, with the reason', async (url) => {
    const { status, json } = await admin('POST', '/webhooks', { name: `no ${count}`, url });
    expect(status).toBe(400);
    expect(json['fields']).toMatchObject([{ path: 'url', code: 'address_forbidden' }]);
  });

  it.each([
    'ftp://example.org/',
    'file:///etc/passwd',
    'example.org',
    'https://user:secret@example.org/',
    'javascript:alert(1)',
    'https://',
  ])('%s is invalid', async (url) => {
    const { status, json } = await admin('POST', '/webhooks', { name: `no ${count}`, url });
    expect(status).toBe(400);
    expect(json['fields']).toMatchObject([{ path: 'url' }]);
    expect(JSON.stringify(json)).not.toContain('secret');
  });

  it('of a name that leads elsewhere by the time of sending is refused then', async () => {
    const { id } = await add({ url: 'https://not-there.invalid/hook' });
    expect((await admin('POST', `/webhooks/${id}/test`)).json).toMatchObject({
      sent: false,
      error: 'unreachable',
    });
    await remove(id);
  });
});

describe('the list of webhooks', () => {
  it('takes each name once, and twenty webhooks at most', async () => {
    const first = await add();
    const url = endpoint.url;
    const again = await admin('POST', '/webhooks', { name: `hook ${count}`, url });
    expect(again).toMatchObject({ status: 409, json: { fields: [{ path: 'name', code: 'duplicate' }] } });
    const ids = [first.id];
    for (let at = 1; at < 20; at += 1) {
      ids.push((await add({ name: `many ${at}` })).id);
    }
    const last = await admin('POST', '/webhooks', { name: 'last', url });
    expect(last).toMatchObject({ status: 409, json: { fields: [{ code: 'too_many' }] } });
    for (const id of ids) {
      await remove(id);
    }
  });

  it('is for project admins only', async () => {
    const member = await backend.user(`member-${count}@clinic.org`, 'org_admin', 'clinic', 100);
    expect((await member('GET', '/webhooks')).status).toBe(403);
    expect((await member('POST', '/webhooks', { name: 'x', url: endpoint.url })).status).toBe(403);
  });
});
