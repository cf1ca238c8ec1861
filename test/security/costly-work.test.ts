import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startBackend, type Backend } from '../api/backend.ts';

const KITS = 300;
const TIMEOUT_MS = 25_000;
const PROBE_MS = 20;
const GONE = 0;
const UNREAD = 150;
const MAX_UNREAD_BYTES = 100 * 1024 * 1024;

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
  await backend.admin('PATCH', '/project', {
    short_name: 'demo',
    server1: 'server.example.org',
    key_bits: 2048,
    frozen: true,
  });
}, 180_000);
afterAll(() => backend.close(), 180_000);

/** Asks for a kit; status 0 for who hung up before it came. */
const askForKit = async (timeoutMs: AbortSignal): Promise<{ status: number; retryAfter: number }> => {
  try {
    const kit = await backend.admin('POST', '/servers/1/blob', { pin: 'abcd1234' }, timeoutMs);
    return { status: kit.status, retryAfter: Number(kit.headers.get('retry-after')) };
  } catch (error) {
    if (timeoutMs.aborted) {
      return { status: GONE, retryAfter: 0 };
    }
    throw error;
  }
};

describe(`${KITS} kits asked for at once`, () => {
  it('leave the health check answering, turn away who would wait too long, and are dropped when nobody waits', async () => {
    const timeoutMs = AbortSignal.timeout(TIMEOUT_MS);
    let pending = true;
    const kits = Promise.all(Array.from({ length: KITS }, () => askForKit(timeoutMs))).finally(() => {
      pending = false;
    });
    const times: number[] = [];
    const isPending = (): boolean => pending;
    while (isPending()) {
      const began = performance.now();
      expect((await backend.stranger('GET', '/health')).status).toBe(200);
      times.push(performance.now() - began);
      await pause(PROBE_MS);
    }
    const responses = await kits;
    const having = (status: number) => responses.filter((response) => response.status === status);
    times.sort((a, b) => a - b);
    const p99 = times[Math.floor(times.length * 0.99)] ?? Infinity;
    process.stdout.write(
      `costly work: ${having(200).length} kits, ${having(503).length} turned away, ` +
        `${having(GONE).length} hung up, /health p99 ${p99.toFixed(1)} ms of ${times.length}\n`,
    );
    expect(having(200).length + having(503).length + having(GONE).length).toBe(KITS);
    expect(having(503).length).toBeGreaterThan(0);
    expect(having(503).every(({ retryAfter }) => retryAfter > 0)).toBe(true);
    expect(having(200).length).toBeGreaterThan(0);
    expect((await backend.admin('POST', '/servers/1/blob', {})).status).toBe(200);
  }, 120_000);
});

describe('connections that request what is long and do not read it', () => {
  it.each(['/docs', '/openapi.json'])(
    'hold no copy of %s each',
    async (route) => {
      expect((await fetch(`${backend.url}${route}`)).status).toBe(200);
      const { hostname, port } = new URL(backend.url);
      const before = process.memoryUsage.rss();
      const silent: Socket[] = [];
      for (let count = 0; count < UNREAD; count += 1) {
        const socket = connect({ host: hostname, port: Number(port) });
        socket.write(`GET ${route} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
        await once(socket, 'readable');
        silent.push(socket);
      }
      expect(process.memoryUsage.rss() - before).toBeLessThan(MAX_UNREAD_BYTES);
      for (const socket of silent) {
        socket.destroy();
      }
    },
    30_000,
  );
});
