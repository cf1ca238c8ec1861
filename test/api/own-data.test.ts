import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startBackend, type Backend } from './backend.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
  const project = { public: true, short_name: 'demo', server1: 'server.example.org' };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
}, 60_000);
afterAll(() => backend.close());

describe('the export of one’s own data', () => {
  it('holds account, sites, sessions, access tokens and factors of the requester alone', async () => {
    const other = await backend.user('other@example.org', 'org_admin', 'clinic', 100);
    await other('POST', '/clients', { name: 'site-of-other', organization: 'clinic' });
    const user = await backend.user('ann@example.org', 'org_admin', 'clinic', 100);
    await user('POST', '/clients', { name: 'site-of-ann', organization: 'clinic' });
    const { token } = (await user('POST', '/tokens', { name: 'nightly', scopes: ['read'] })).json;
    const secret = (await user('POST', '/second-factor/totp')).json['secret'];
    const { status, json } = await user('GET', '/me/export');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      user: { id: user.id, email: 'ann@example.org' },
      sites: [{ name: 'site-of-ann' }],
      sessions: [{ current: true }],
      access_tokens: [{ name: 'nightly' }],
      second_factor: { totp_since: null },
      identities: [],
    });
    const text = JSON.stringify(json);
    for (const absent of [String(token), String(secret), 'other@example.org', 'site-of-other', 'scrypt']) {
      expect(text).not.toContain(absent);
    }
  });

  it('needs a log-in', async () => {
    expect((await backend.stranger('GET', '/me/export')).status).toBe(401);
  });
});
