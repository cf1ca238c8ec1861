import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';

const Created = z.object({ client: z.object({ id: z.number() }) });

let backend: Backend;
let lead: Ask & { readonly id: number };
let site = 0;

beforeAll(async () => {
  backend = await startBackend();
  expect((await backend.admin('PATCH', '/project', { public: true })).status).toBe(200);
  lead = await backend.user('lead@clinic.org', 'org_admin', 'clinic', 100);
  site = Created.parse((await lead('POST', '/clients', { name: 'site-1' })).json).client.id;
}, 180_000);
afterAll(() => backend.close());

const HIDDEN = ['\u0007', '\u200b', '\u202e', '\ufeff', '\u3164', '\u2800', '\u{e0061}'];
const refused = (path: string) => ({
  status: 400,
  json: { code: 'invalid', fields: [{ path, code: 'control_characters' }] },
});

describe.each(HIDDEN)('the hidden character %j', (character) => {
  const text = `Dr. ${character}Honest`;
  const account = {
    email: 'new@clinic.org',
    password: 'purple-kettle-58',
    role: 'org_admin',
    organization: 'clinic',
  };

  it('is refused in every text of a sign-up', async () => {
    const signUp = (fields: object) => backend.stranger('POST', '/users', { ...account, ...fields });
    expect(await signUp({ name: text })).toMatchObject(refused('name'));
    expect(await signUp({ description: text })).toMatchObject(refused('description'));
    const sites = [{ name: 'site-9', description: text }];
    expect(await signUp({ sites })).toMatchObject(refused('sites.0.description'));
  });

  it('is refused in every text of an account', async () => {
    expect(await lead('PATCH', `/users/${lead.id}`, { name: text })).toMatchObject(refused('name'));
    for (const field of ['name', 'description', 'approval_reason', 'props']) {
      const patch = { [field]: field === 'props' ? { note: [text] } : text };
      expect(await backend.admin('PATCH', `/users/${lead.id}`, patch)).toMatchObject(refused(field));
    }
  });

  it('is refused in every text of a site', async () => {
    expect(await lead('POST', '/clients', { name: 'site-2', description: text })).toMatchObject(
      refused('description'),
    );
    for (const field of ['description', 'approval_reason', 'props']) {
      const patch = { [field]: field === 'props' ? { note: [text] } : text };
      expect(await backend.admin('PATCH', `/clients/${site}`, patch)).toMatchObject(refused(field));
    }
  });

  it('is refused in the texts of the project and in the reasons of decisions', async () => {
    for (const field of ['title', 'description', 'app_location']) {
      expect(await backend.admin('PATCH', '/project', { [field]: text })).toMatchObject(refused(field));
    }
    const decision = { decision: 'deny', reason: text, clients: [site], users: [lead.id] };
    expect(await backend.admin('POST', '/approvals', decision)).toMatchObject(refused('reason'));
    const rejection = { version: 'seen', reason: text };
    expect(await backend.admin('POST', `/requests/${'0'.repeat(32)}/reject`, rejection)).toMatchObject(
      refused('reason'),
    );
  });
});

describe('an e-mail address', () => {
  const signUp = (email: string) =>
    backend.stranger('POST', '/users', {
      email,
      password: 'purple-kettle-58',
      role: 'member',
      organization: 'clinic',
    });

  it.each(["o'brien@h.org", 'r&d+lab@h.org'])('of RFC 5321 is accepted: %s', async (email) => {
    expect((await signUp(email)).status).toBe(201);
  });

  it.each(['..@..aa', '%00@h.org', '.@h.org', 'a..b@h.org', 'a@-h.org', '../x@h.org'])(
    'is refused when it is nonsense: %s',
    async (email) => {
      expect(await signUp(email)).toMatchObject({ status: 400, json: { fields: [{ path: 'email' }] } });
    },
  );
});
