import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startBackend, type Backend } from './backend.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
}, 60_000);
afterAll(() => backend.close());

/** Opens a stream; `next` resolves with its next event's name, or undefined at its end. */
const listen = async (token: string) => {
  const aborted = new AbortController();
  const response = await fetch(`${backend.url}/api/v1/events`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
    signal: aborted.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (): Promise<string | undefined> => {
    for (;;) {
      const { value } = (await reader?.read()) ?? { value: undefined };
      if (value === undefined) {
        return undefined;
      }
      const name = /event: (\w+)/.exec(value)?.[1];
      if (name !== undefined) {
        return name;
      }
    }
  };
  const until = async (wanted: string): Promise<void> => {
    for (let name = await next(); name !== wanted; name = await next()) {
      if (name === undefined) {
        throw new Error(`the stream ended before ${wanted}`);
      }
    }
  };
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    next,
    until,
    stop: () => {
      aborted.abort();
    },
  };
};

describe('GET /events', () => {
  it('says that something changed, whoever changed it', async () => {
    const member = await backend.user('listens@example.org', 'member', 'clinic', 100);
    const stream = await listen(member.token);
    expect(stream.type).toContain('text/event-stream');
    expect(await stream.next()).toBe('open');
    await stream.until('changed');
    await backend.admin('PATCH', '/project', { title: 'changed while somebody listened' });
    expect(await stream.next()).toBe('changed');
    stream.stop();
  });

  it('ends the stream of a listener who was denied', async () => {
    const denied = await backend.user('denied-listener@example.org', 'member', 'clinic', 100);
    const stream = await listen(denied.token);
    await backend.admin('PATCH', `/users/${denied.id}`, { approval_state: -1 });
    await stream.until('ended');
    expect(await stream.next()).toBeUndefined();
  });

  it('lets no stranger listen', async () => {
    expect((await backend.stranger('GET', '/events')).status).toBe(401);
    expect((await listen('')).status).toBe(401);
  });

  it('refuses the ninth stream of one account, and gives its place back', async () => {
    const eager = await backend.user('eager@example.org', 'member', 'clinic', 100);
    const streams = await Promise.all(Array.from({ length: 8 }, () => listen(eager.token)));
    expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    const ninth = await listen(eager.token);
    expect(ninth.status).toBe(429);
    for (const stream of streams) {
      stream.stop();
    }
    let again = await listen(eager.token);
    // A closed connection is noticed a moment later.
    for (let tries = 0; again.status === 429 && tries < 50; tries += 1) {
      again = await listen(eager.token);
    }
    expect(again.status).toBe(200);
    again.stop();
  });
});
