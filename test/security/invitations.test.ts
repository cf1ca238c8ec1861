import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Database } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';

const Created = z.object({ invitations: z.array(z.object({ id: z.string(), token: z.string() })) });
const SECRET_LENGTH = 43;
const PASSWORD = 'blue-tractor-91';

let backend: Backend;
let db: Database;
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
  db = await openDatabase(backend.database);
}, 180_000);
afterAll(async () => {
  await db.close();
  await backend.close();
}, 180_000);
beforeEach(() => {
  count += 1;
});

const email = (): string => `guest-${count}@clinic.org`;

const invite = async (body: object = { emails: [email()] }, by: Ask = backend.admin) => {
  const reply = await by('POST', '/invitations', { organization: 'clinic', role: 'lead', ...body });
  expect(reply.status).toBe(201);
  const [first] = Created.parse(reply.json).invitations;
  if (first === undefined) {
    throw new Error('no invitation');
  }
  return first;
};

const signUp = (invitation: string, more: object = {}) =>
  backend.stranger('POST', '/users', { email: email(), password: PASSWORD, invitation, ...more });

describe('an invitation', () => {
  it('lets the invited person into a closed project, approved, with its organization and role', async () => {
    const { token } = await invite();
    const reply = await signUp(token, { organization: 'other', role: 'member' });
    expect(reply.status).toBe(201);
    expect(reply.json['user']).toMatchObject({ organization: 'clinic', role: 'lead', approval_state: 100 });
  });

  it('shows whom it invites to whoever holds the link', async () => {
    const { token } = await invite();
    const reply = await backend.stranger('POST', '/invitations/check', { token });
    expect(reply.json).toMatchObject({ email: email(), organization: 'clinic', role: 'lead' });
  });

  it('is refused for another e-mail', async () => {
    const { token } = await invite();
    const reply = await signUp(token, { email: 'thief@evil.org' });
    expect(reply).toMatchObject({ status: 400, json: { fields: [{ path: 'email' }] } });
    expect((await signUp(token)).status).toBe(201);
  });

  it('works once, also when used twice at the same time', async () => {
    const { token } = await invite({});
    const replies = await Promise.all(
      ['a', 'b', 'c'].map((name) => signUp(token, { email: `${name}-${count}@clinic.org` })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
  });

  it('works as often as its link says', async () => {
    const { token } = await invite({ uses: 2 });
    const statuses: number[] = [];
    for (const name of ['a', 'b', 'c']) {
      statuses.push((await signUp(token, { email: `${name}-${count}@clinic.org` })).status);
    }
    expect(statuses).toEqual([201, 201, 400]);
  });

  it.each([
    ['is revoked', (id: string) => backend.admin('DELETE', `/invitations/${id}`)],
    ['is renewed', (id: string) => backend.admin('POST', `/invitations/${id}/renew`, {})],
    [
      'expires',
      (id: string) =>
        db.write((trx) =>
          trx
            .updateTable('invitation')
            .set({ expires_at: toTimestamp(new Date()) })
            .where('id', '=', id)
            .execute(),
        ),
    ],
  ])('is worth nothing once it %s', async (_when, end) => {
    const { id, token } = await invite();
    await end(id);
    const reply = await signUp(token);
    expect(reply).toMatchObject({ status: 400, json: { fields: [{ path: 'invitation' }] } });
  });

  it.each([
    ['demoted', { role: 'member' }],
    ['denied', { approval_state: -1 }],
  ])('is worth nothing once its inviter is %s', async (_how, patch) => {
    const inviter = await backend.user(`inviter-${count}@example.org`, 'project_admin', 'nvidia', 100);
    const { token } = await invite(undefined, inviter);
    expect((await backend.admin('PATCH', `/users/${inviter.id}`, patch)).status).toBe(200);
    expect((await signUp(token)).status).toBe(400);
  });

  it('leaves the sites of the sign-up to the project admin', async () => {
    const { token } = await invite({ emails: [email()], role: 'org_admin' });
    expect((await signUp(token, { sites: [{ name: `site-${count}` }] })).status).toBe(201);
    const { json } = await backend.admin('GET', '/inbox');
    expect(json['clients']).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: `site-${count}`, approval_state: 0 })]),
    );
  });

  it('is stored as a hash only', async () => {
    const { token } = await invite();
    const rows = await db.reader.selectFrom('invitation').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token.slice(-SECRET_LENGTH));
  });

  it('cannot be guessed from its id', async () => {
    const { id } = await invite();
    expect((await signUp(`nvfi_${id}_${'A'.repeat(SECRET_LENGTH)}`)).status).toBe(400);
  });
});

describe('invitations', () => {
  it('are renewed and revoked by project admins only', async () => {
    const { id, token } = await invite();
    const member = await backend.user(`member-${count}@clinic.org`, 'org_admin', 'clinic', 100);
    expect((await member('POST', `/invitations/${id}/renew`, {})).status).toBe(403);
    expect((await member('DELETE', `/invitations/${id}`)).status).toBe(403);
    expect((await signUp(token)).status).toBe(201);
  });

  it.each([
    ['an e-mail that is none', { emails: ['nobody'] }],
    ['an e-mail twice', { emails: ['a@clinic.org', 'A@clinic.org'] }],
    ['a role nobody can be invited to', { emails: ['a@clinic.org'], role: 'project_admin' }],
    ['an organization that no certificate can name', { emails: ['a@clinic.org'], organization: 'a b' }],
    ['no organization', { emails: ['a@clinic.org'], organization: '' }],
    ['several uses of one e-mail', { emails: ['a@clinic.org'], uses: 3 }],
  ])('for %s are refused', async (_what, body) => {
    const reply = await backend.admin('POST', '/invitations', {
      organization: 'clinic',
      role: 'member',
      ...body,
    });
    expect(reply).toMatchObject({ status: 400, json: { code: 'invalid' } });
  });

  it('for somebody with an account are refused, all of the request', async () => {
    const before = (await backend.admin('GET', '/invitations')).json['total'];
    const reply = await backend.admin('POST', '/invitations', {
      emails: ['new@clinic.org', 'ADMIN@example.org'],
      organization: 'clinic',
      role: 'member',
    });
    expect(reply).toMatchObject({ status: 409, json: { fields: [{ path: 'emails.1' }] } });
    expect((await backend.admin('GET', '/invitations')).json['total']).toBe(before);
  });

  it('are listed with who accepted them', async () => {
    const { id, token } = await invite();
    await signUp(token);
    const { json } = await backend.admin('GET', '/invitations');
    expect(json['invitations']).toEqual(
      expect.arrayContaining([expect.objectContaining({ id, uses_left: 0, accepted_by: [email()] })]),
    );
  });
});
