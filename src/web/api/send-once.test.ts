import { expect, test } from '@jest/globals';
import { sendOnce } from './send-once.ts';

const REDRAWN_MS = 30;

const redrawn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, REDRAWN_MS);
  });

const prepare = (statuses: readonly number[] = []) => {
  const sent: Request[] = [];
  const send = sendOnce((request) => {
    const status = statuses[sent.length] ?? 200;
    sent.push(request);
    return Promise.resolve(Response.json({ call: sent.length }, { status }));
  }, redrawn);
  const ask = async (method: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await send(
      new Request('http://localhost/api/v1/things', {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const content: unknown = await response.json();
    return content;
  };
  return { sent, ask };
};

test.each([
  ['POST', { name: 'a' }],
  ['PATCH', { name: 'a' }],
  ['DELETE', undefined],
])('sends a %s once that is asked for twice at a time, and gives both its response', async (method, body) => {
  const { sent, ask } = prepare();
  expect(await Promise.all([ask(method, body), ask(method, body)])).toEqual([{ call: 1 }, { call: 1 }]);
  expect(sent).toHaveLength(1);
});

test('takes a second press for the first one until the page can have been redrawn', async () => {
  const { sent, ask } = prepare();
  await ask('POST', { name: 'a' });
  expect(await ask('POST', { name: 'a' })).toEqual({ call: 1 });
  await new Promise((resolve) => setTimeout(resolve, 2 * REDRAWN_MS));
  expect(await ask('POST', { name: 'a' })).toEqual({ call: 2 });
  expect(sent).toHaveLength(2);
});

test('sends a change there and back and there again', async () => {
  const { sent, ask } = prepare();
  await ask('PATCH', { paused: true });
  await ask('PATCH', { paused: false });
  await ask('PATCH', { paused: true });
  expect(sent).toHaveLength(3);
});

test('sends it there again although the first change is still on its way', async () => {
  const { sent, ask } = prepare();
  await Promise.all([true, false, true].map((paused) => ask('PATCH', { paused })));
  expect(sent).toHaveLength(3);
});

test('sends again what was refused', async () => {
  const { ask } = prepare([409]);
  await ask('POST', { name: 'a' });
  await new Promise((resolve) => setTimeout(resolve));
  expect(await ask('POST', { name: 'a' })).toEqual({ call: 2 });
});

test.each([
  ['another body', 'POST', { name: 'b' }, {}],
  ['another version', 'POST', { name: 'a' }, { 'if-match': '"2"' }],
  ['another method', 'PUT', { name: 'a' }, {}],
] as const)('sends both where they have %s', async (_what, method, body, headers) => {
  const { sent, ask } = prepare();
  await Promise.all([ask('POST', { name: 'a' }), ask(method, body, headers)]);
  expect(sent).toHaveLength(2);
});

test('sends every read', async () => {
  const { sent, ask } = prepare();
  await Promise.all([ask('GET'), ask('GET')]);
  expect(sent).toHaveLength(2);
});

test('sends again what failed to reach the server', async () => {
  let calls = 0;
  const send = sendOnce(() => {
    calls += 1;
    return Promise.reject(new Error('unreachable'));
  });
  const ask = () => send(new Request('http://localhost/', { method: 'POST' }));
  await expect(ask()).rejects.toThrow('unreachable');
  await expect(ask()).rejects.toThrow('unreachable');
  expect(calls).toBe(2);
});
