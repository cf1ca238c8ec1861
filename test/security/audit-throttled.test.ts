import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Backend } from '../api/backend.ts';

const Rows = z.object({
  audit: z.array(
    z.object({ actor: z.string(), target: z.string(), detail: z.record(z.string(), z.unknown()) }),
  ),
});
/** More sign-ups than one address may send in an hour. */
const SIGN_UPS = 110;

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
  expect((await backend.admin('PATCH', '/project', { public: true })).status).toBe(200);
});
afterAll(() => backend.close());

const refusals = async () =>
  Rows.parse((await backend.admin('GET', '/audit?action=request.refuse&limit=500')).json).audit;

describe('the audit log records', () => {
  it('a guessed link for a new password', async () => {
    const guess = { token: 'nvfl_link_guessed', password: 'seven harbours 4 a lantern' };
    expect((await backend.stranger('POST', '/password/reset', guess)).status).toBe(400);
    expect((await refusals())[0]).toMatchObject({
      actor: 'anonymous',
      target: 'password.reset',
      detail: { code: 'wrong_secret' },
    });
  });

  it('a wrong code of a second factor', async () => {
    const member = await backend.user('member@example.org', 'member', 'clinic', 100);
    expect((await member('POST', '/second-factor/totp')).status).toBe(200);
    expect((await member('POST', '/second-factor/totp/confirm', { code: '000000' })).status).toBe(400);
    expect((await refusals())[0]).toMatchObject({
      actor: 'member@example.org',
      detail: { code: 'wrong_secret', path: '/api/v1/second-factor/totp/confirm' },
    });
  });

  it('that an address was told to wait, and not each of its requests', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < SIGN_UPS; count += 1) {
      const account = { email: `crowd-${count}@example.org`, password: 'seven harbours 4 a lantern' };
      statuses.push((await backend.stranger('POST', '/users', account)).status);
    }
    const throttled = statuses.filter((status) => status === 429).length;
    const recorded = (await refusals()).filter(({ detail }) => detail['code'] === 'too_many_requests');
    expect(throttled).toBeGreaterThan(31);
    expect(recorded[0]).toMatchObject({ actor: 'anonymous', target: 'users.sign_up' });
    expect(recorded.length).toBeLessThanOrEqual(31);
  }, 180_000);
});
