import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addressRule } from './address-rule.ts';
import { forbiddenAddress, sendWebhook } from './send-webhook.ts';

const SECRET = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
const LOOPBACK = /^(127\.0\.0\.1|::1)$/;

let server: Server;
let port = 0;
let connections = 0;

beforeAll(async () => {
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  server.close();
});

const send = (url: string, allowed: readonly string[] = []) =>
  sendWebhook({ id: 'one', url, body: '{}', secrets: [SECRET], at: new Date() }, addressRule(allowed));

it.each(['https://localhost', 'http://localhost', 'https://127.0.0.1', 'http://127.0.0.1'])(
  'connects to %s only where its network is allowed',
  async (origin) => {
    const before = connections;
    const refused = await send(`${origin}:${port}/`);
    expect(refused).toMatchObject({ state: 'failed', error: 'address_forbidden' });
    expect(refused.detail).toMatch(LOOPBACK);
    expect(connections).toBe(before);
    expect(await send(`${origin}:${port}/`, ['127.0.0.0/8', '::1'])).toMatchObject({ error: 'unreachable' });
    expect(connections).toBeGreaterThan(before);
  },
);

it('tells beforehand where a name leads, and nothing of one that is unknown', async () => {
  const check = (url: string) => forbiddenAddress(new URL(url), addressRule([]));
  expect(await check('https://localhost/')).toMatch(LOOPBACK);
  expect(await check('http://8.8.8.8/')).toBe('8.8.8.8');
  expect(await check('https://8.8.8.8/')).toBeUndefined();
  expect(await check('https://not-there.invalid/')).toBeUndefined();
});
