import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ADMIN, startBackend, type Backend } from '../api/backend.ts';

const PASSWORD = 'correct-horse-battery';
const PASSPHRASE = 'an opening sentence';

let backend: Backend;
beforeEach(async () => {
  backend = await startBackend();
});
afterEach(() => backend.close());

const logIn = (password: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${backend.url}/api/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email: ADMIN, password }),
  });

const guess = async (times: number, act: () => Promise<{ readonly status: number }>): Promise<number[]> => {
  const statuses: number[] = [];
  for (let index = 0; index < times; index += 1) {
    statuses.push((await act()).status);
  }
  return statuses;
};

it('lets eight parallel log-ins with the right password in', async () => {
  const responses = await Promise.all(Array.from({ length: 8 }, () => logIn(PASSWORD)));
  expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
});

it('lets a browser in that the account has used, whatever strangers at its address try', async () => {
  const page = { 'x-dashboard-page': '1' };
  const first = await logIn(PASSWORD, page);
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .find((pair) => pair?.startsWith('nvflare_dashboard_browser_'));
  expect(await guess(6, () => logIn('wrong'))).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await logIn(PASSWORD)).status).toBe(429);
  expect((await logIn(PASSWORD, { ...page, cookie: cookie ?? '' })).status).toBe(200);
});

it('keeps log-ins under an invented e-mail from touching unsealing and the passphrase', async () => {
  await backend.admin('PATCH', '/project', {
    short_name: 'demo',
    server1: 'server.example.org',
    key_bits: 2048,
    frozen: true,
  });
  await guess(6, () =>
    backend.stranger('POST', '/login', { email: 'passphrase of the root key', password: 'x' }),
  );
  expect((await backend.admin('POST', '/passphrase', { passphrase: PASSPHRASE })).status).toBe(200);
});

it('limits wrong passphrases per admin, not per address', async () => {
  const other = await backend.user('second@example.org', 'project_admin', 'nvidia', 100);
  const freeze = { short_name: 'demo', server1: 'server.example.org', key_bits: 2048, frozen: true };
  await backend.admin('PATCH', '/project', freeze);
  await backend.admin('POST', '/passphrase', { passphrase: PASSPHRASE });
  const change = { current: 'a wrong one', passphrase: 'another sentence' };
  expect(await guess(6, () => other('POST', '/passphrase', change))).toEqual([400, 400, 400, 400, 400, 429]);
  const right = { ...change, current: PASSPHRASE };
  expect((await backend.admin('POST', '/passphrase', right)).status).toBe(200);
});
