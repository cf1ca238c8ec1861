import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { KIT_QUEUE } from '../../contract/kit-queue.ts';
import { ApiClient } from './api-client.ts';
import { exchangeKit } from './queued-kit.ts';

const CALL = { method: 'POST', path: '/servers/1/blob', body: { encryption: 'aes256' } } as const;

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** A backend that refuses with these fields first, and then serves; `asked` counts its requests. */
const refusing = async (fields: readonly string[]) => {
  const requests: (string | undefined)[] = [];
  server = createServer((request, response) => {
    request.resume();
    requests.push(request.url);
    if (requests.length > 1) {
      response.end('kit');
      return;
    }
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '0' });
    response.end(
      JSON.stringify({
        status: 'unavailable',
        code: 'unavailable',
        message: 'Busy.',
        request_id: '',
        fields: fields.map((path) => ({ path, message: 'has not come' })),
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const { signal } = new AbortController();
  const api = new ApiClient(
    { origin: `http://127.0.0.1:${port}`, trust: 'anybody', token: undefined },
    signal,
  );
  return { requests, exchanged: exchangeKit(api, CALL, signal) };
};

test('asks again when the turn of the kit has not come', async () => {
  const { requests, exchanged } = await refusing([KIT_QUEUE]);
  expect(String((await exchanged).bytes)).toBe('kit');
  expect(requests).toHaveLength(2);
});

test('gives up at once when something else is unavailable', async () => {
  const { requests, exchanged } = await refusing([]);
  await expect(exchanged).rejects.toMatchObject({ code: 'api_refused' });
  expect(requests).toHaveLength(1);
});
