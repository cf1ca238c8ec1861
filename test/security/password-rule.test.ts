import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startBackend, type Backend } from '../api/backend.ts';

const GUESSABLE = [
  'Hospital_A',
  'hospital-a-2026',
  'nvflare-study',
  'Study2026Study',
  'Passw0rd-2026',
  'Password-1',
  'P@ssw0rd_1',
  'Winter-2026!',
  'Qwerty-12345',
];

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
  const project = { public: true, short_name: 'study', title: 'Lung study' };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
}, 180_000);
afterAll(() => backend.close());

const refused = {
  status: 400,
  json: { code: 'invalid', fields: [{ path: 'password', code: 'too_common' }] },
};

describe.each(GUESSABLE)('the guessable password %s', (password) => {
  it('is refused at sign-up, for a new account and for another person', async () => {
    const account = { email: 'ob@hosp-a.org', password, role: 'member', organization: 'Hospital_A' };
    expect(await backend.stranger('POST', '/users', account)).toMatchObject(refused);
    expect(await backend.admin('POST', '/users', account)).toMatchObject(refused);
  });

  it('is refused for oneself and by a project admin', async () => {
    const email = `user-${GUESSABLE.indexOf(password)}@hosp-a.org`;
    const user = await backend.user(email, 'member', 'Hospital_A', 100);
    expect(await user('PATCH', `/users/${user.id}`, { password })).toMatchObject(refused);
    expect(await backend.admin('PATCH', `/users/${user.id}`, { password })).toMatchObject(refused);
  });
});

describe('the first project admin', () => {
  it.each(GUESSABLE.filter((password) => !/study/i.test(password)))(
    'gets no password %s',
    async (password) => {
      const credential = `root@hosp-a.org:${password}:Hospital_A`;
      const started = startBackend({ credential });
      await expect(started).rejects.toMatchObject({ code: 'noCredential' });
    },
  );

  it('gets no short password', async () => {
    const started = startBackend({ credential: 'admin@example.org:x:' });
    await expect(started).rejects.toMatchObject({ code: 'noCredential' });
  });
});
