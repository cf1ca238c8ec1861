import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Ask, type Backend, type Reply } from '../api/backend.ts';

const Objections = z.array(z.object({ by: z.string(), reason: z.string(), at: z.string() })).optional();
const Person = z.object({ id: z.number(), email: z.string(), version: z.string(), objections: Objections });
const People = z.object({ user_list: z.array(Person) });
const Inbox = z.object({ users: z.array(Person) });
const Results = z.object({
  results: z.array(
    z.object({ done: z.boolean(), fields: z.array(z.object({ code: z.string() })).optional() }),
  ),
});
const Rows = z.object({
  audit: z.array(
    z.object({ action: z.string(), actor: z.string(), target: z.string(), detail: z.unknown() }),
  ),
});

const OWN = 'own@hosp-a.org';
const SECOND = 'second@hosp-a.org';
const REASON = 'Nobody of ours';

let backend: Backend;
let own: Ask & { id: number };
let second: Ask & { id: number };
let elsewhere: Ask & { id: number };
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
  own = await backend.user(OWN, 'org_admin', 'Hospital_A', 100);
  second = await backend.user(SECOND, 'org_admin', 'Hospital_A', 100);
  elsewhere = await backend.user('admin@hosp-b.org', 'org_admin', 'Hospital_B', 100);
}, 180_000);
afterAll(() => backend.close(), 180_000);

/** Somebody who asks to join Hospital_A as its org admin. */
const applicant = async (): Promise<Ask & { readonly id: number; readonly email: string }> => {
  count += 1;
  const email = `stranger-${count}@example.org`;
  return Object.assign(await backend.user(email, 'org_admin', 'Hospital_A', 0), { email });
};
const object = (by: Ask, id: number, reason = REASON): Promise<Reply> =>
  by('POST', `/users/${id}/objection`, { reason });
const approve = (id: number, further: object = {}): Promise<Reply> =>
  backend.admin('PATCH', `/users/${id}`, { approval_state: 100, ...further });
const stateOf = async (id: number): Promise<unknown> =>
  z
    .object({ user: z.object({ approval_state: z.number() }) })
    .parse((await backend.admin('GET', `/users/${id}`)).json).user.approval_state;
const seenBy = async (ask: Ask, id: number) =>
  People.parse((await ask('GET', '/users?limit=1000')).json).user_list.find((user) => user.id === id);
const inInbox = async (id: number) =>
  Inbox.parse((await backend.admin('GET', '/inbox')).json).users.find((user) => user.id === id);
const rowsOf = async (email: string, action: string) => {
  const { json } = await backend.admin('GET', `/audit?target=user:${email}&action=${action}`);
  return Rows.parse(json).audit;
};
const OBJECTED = {
  status: 409,
  json: { code: 'conflicting', fields: [{ path: 'approval_state', code: 'objected' }] },
};

describe('an objection of the organization’s own admin', () => {
  it('is shown to the project admin and the organization’s admins, and to nobody else', async () => {
    const person = await applicant();
    const lead = await backend.user(`lead-${person.id}@hosp-a.org`, 'lead', 'Hospital_A', 100);
    expect((await object(own, person.id)).status).toBe(200);
    const shown = [{ by: OWN, reason: REASON, at: expect.any(String) }];
    expect((await inInbox(person.id))?.objections).toEqual(shown);
    expect((await seenBy(backend.admin, person.id))?.objections).toEqual(shown);
    expect((await seenBy(second, person.id))?.objections).toEqual(shown);
    expect((await seenBy(lead, person.id))?.objections).toBeUndefined();
    const self = await person('GET', `/users/${person.id}`);
    expect(self.json['user']).not.toHaveProperty('objections');
    expect((await rowsOf(person.email, 'user.object'))[0]).toMatchObject({
      actor: OWN,
      detail: { reason: REASON, organization: 'Hospital_A' },
    });
  });

  it('stops an approval that does not name it, by every way', async () => {
    const person = await applicant();
    await object(own, person.id);
    expect(await approve(person.id)).toMatchObject(OBJECTED);
    expect(await approve(person.id, { override_objections: [SECOND] })).toMatchObject(OBJECTED);
    const users = [await seenBy(backend.admin, person.id)];
    const decided = await backend.admin('POST', '/approvals', { decision: 'approve', users });
    expect(Results.parse(decided.json).results).toEqual([
      { done: false, fields: [expect.objectContaining({ code: 'objected' })] },
    ]);
    expect(await stateOf(person.id)).toBe(0);
  });

  it('stops an approval that names another one only', async () => {
    const person = await applicant();
    await object(own, person.id);
    await object(second, person.id);
    expect(await approve(person.id, { override_objections: [OWN] })).toMatchObject(OBJECTED);
    expect((await approve(person.id, { override_objections: [OWN, SECOND] })).status).toBe(200);
  });

  it('can be overridden by its name, which the audit tells', async () => {
    const person = await applicant();
    await object(own, person.id);
    const decided = await backend.admin('POST', '/approvals', {
      decision: 'approve',
      users: [await seenBy(backend.admin, person.id)],
      override_objections: [OWN],
    });
    expect(Results.parse(decided.json).results).toEqual([{ done: true }]);
    expect((await rowsOf(person.email, 'user.approve'))[0]).toMatchObject({
      detail: { overridden_objections: [OWN] },
    });
    expect((await seenBy(backend.admin, person.id))?.objections).toBeUndefined();
  });

  it('leaves the denial and the deletion alone', async () => {
    const [denied, deleted] = [await applicant(), await applicant()];
    await object(own, denied.id);
    await object(own, deleted.id);
    expect((await backend.admin('PATCH', `/users/${denied.id}`, { approval_state: -1 })).status).toBe(200);
    expect((await backend.admin('DELETE', `/users/${deleted.id}`)).status).toBe(200);
    expect(await approve(denied.id)).toMatchObject(OBJECTED);
  });

  it('can be changed and withdrawn by who made it', async () => {
    const person = await applicant();
    await object(own, person.id);
    await object(own, person.id, 'Left last year');
    expect((await inInbox(person.id))?.objections).toEqual([
      expect.objectContaining({ by: OWN, reason: 'Left last year' }),
    ]);
    expect((await second('DELETE', `/users/${person.id}/objection`)).status).toBe(404);
    expect((await own('DELETE', `/users/${person.id}/objection`)).status).toBe(200);
    expect((await rowsOf(person.email, 'user.withdraw_objection'))[0]).toMatchObject({ actor: OWN });
    expect((await approve(person.id)).status).toBe(200);
  });

  it('says nothing about a request for another organization', async () => {
    const person = await applicant();
    await object(own, person.id);
    expect((await approve(person.id, { organization: 'Hospital_C' })).status).toBe(200);
  });
});

describe('who may object', () => {
  it('is no admin of another organization, lead, member, pending admin, project admin or stranger', async () => {
    const person = await applicant();
    const pending = await applicant();
    const lead = await backend.user('a-lead@hosp-a.org', 'lead', 'Hospital_A', 100);
    const by = [elsewhere, lead, pending, person, backend.admin, backend.stranger];
    const statuses = await Promise.all(by.map(async (ask) => (await object(ask, person.id)).status));
    expect(statuses).toEqual([403, 403, 403, 403, 403, 401]);
    expect(await approve(person.id)).toMatchObject({ status: 200 });
  });

  it('gets 409 for somebody who is decided on, and 403 for somebody who does not exist', async () => {
    const person = await applicant();
    expect((await approve(person.id)).status).toBe(200);
    expect(await object(own, person.id)).toMatchObject({ status: 409, json: { code: 'conflicting' } });
    expect((await object(own, 999_999)).status).toBe(403);
  });

  it('gets 400 for a reason that is too long or holds invisible characters', async () => {
    const person = await applicant();
    for (const reason of ['x'.repeat(513), 'a\u200bb']) {
      expect((await object(own, person.id, reason)).status).toBe(400);
    }
  });
});
