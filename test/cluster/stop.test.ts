import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { BackendProcess } from '../soak/backend-process.ts';

/** Longer than connections without a request are kept. */
const SLOW_MS = 10_000;

let backend: BackendProcess;
beforeEach(async () => {
  backend = await BackendProcess.prepare();
  await backend.start();
});
afterEach(async () => {
  await backend.remove();
});

const accepts = async (): Promise<boolean> =>
  fetch(`${backend.url}/api/v1/health`).then(
    () => true,
    () => false,
  );

test('finishes a request under way after it was told to stop, however slowly it arrives', async () => {
  const body = JSON.stringify({ email: 'nobody@example.org', password: 'no password of anybody' });
  const sent = request(`${backend.url}/api/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  sent.write(body.slice(0, 10));
  const responded = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  await once(sent, 'socket');
  await backend.ask({ method: 'GET', path: '/health' });
  backend.signal('SIGTERM');
  while (await accepts()) {
    await pause(10);
  }
  await pause(SLOW_MS);
  sent.end(body.slice(10));
  const response = await responded;
  expect(response.statusCode).toBe(401);
  expect(response.headers.connection).toBe('close');
});
