import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Backend } from '../api/backend.ts';

const HAMBURG = 'Universitätsklinikum Hamburg-Eppendorf';
const UKE = 'Universitaetsklinikum_Hamburg_Eppendorf';
const Id = z.object({ id: z.number() });

let backend: Backend;

beforeAll(async () => {
  backend = await startBackend();
}, 180_000);
afterAll(() => backend.close());

const admin = (...request: Parameters<Backend['admin']>) => backend.admin(...request);
const conflict = (path: string, code: string) => ({
  status: 409,
  json: { code: 'conflicting', fields: [{ path, code }] },
});

const addSite = async (name: string, organization: string, approved = false): Promise<number> => {
  const reply = await admin('POST', '/clients', { name, organization });
  expect(reply.status).toBe(201);
  const { id } = Id.parse(reply.json['client']);
  if (approved) {
    expect((await admin('PATCH', `/clients/${id}`, { approval_state: 100 })).status).toBe(200);
  }
  return id;
};

describe('an organization', () => {
  it('is added under a display name, with the certificate name derived from it', async () => {
    const contacts = 'Dr. Ada Berg\nada@uke.example.org';
    const reply = await admin('POST', '/organizations', { display_name: HAMBURG, contacts });
    expect(reply).toMatchObject({
      status: 201,
      json: {
        organization: { name: UKE, display_name: HAMBURG, contacts, users: 0, sites: 0, certificates: 0 },
      },
    });
    expect(await admin('POST', '/organizations', { display_name: HAMBURG })).toMatchObject(
      conflict('name', 'taken'),
    );
  });

  it('is offered to people who sign up, once the project is open', async () => {
    expect((await backend.stranger('GET', '/organizations')).json).toMatchObject({ organizations: [] });
    expect((await admin('PATCH', '/project', { public: true })).status).toBe(200);
    expect((await backend.stranger('GET', '/organizations')).json['organizations']).toContainEqual({
      name: UKE,
      display_name: HAMBURG,
    });
    expect((await admin('GET', '/organizations?q=Eppendorf')).json).toMatchObject({ total: 1 });
  });

  it.each([
    [{ display_name: '東京病院' }, 'name'],
    [{ display_name: '' }, 'name'],
    [{ display_name: '', name: 'Clinic' }, 'display_name'],
    [{ display_name: 'Clinic', name: 'St. Mary' }, 'name'],
    [{ display_name: 'Clin\u200bic' }, 'display_name'],
    [{ display_name: 'Clinic', contacts: 'a\u0007' }, 'contacts'],
  ])('is not added as %j', async (body, path) => {
    expect(await admin('POST', '/organizations', body)).toMatchObject({
      status: 400,
      json: { fields: [{ path }] },
    });
  });

  it('takes a name of its own where the display name gives none', async () => {
    const body = { display_name: '東京病院', name: 'Tokyo_Hospital' };
    expect((await admin('POST', '/organizations', body)).status).toBe(201);
    const progress = await admin('POST', '/organizations', { display_name: 'progress' });
    expect(progress.status).toBe(201);
    expect((await admin('GET', '/organizations/by-name/progress')).json).toMatchObject({
      organization: { name: 'progress' },
    });
  });

  it('names those that look alike', async () => {
    await backend.user('one@north.org', 'member', 'Hospital_North', 100);
    await backend.user('two@north.org', 'member', 'Hospita1_North', 100);
    expect((await admin('GET', '/organizations/by-name/Hospita1_North')).json).toMatchObject({
      organization: { similar: ['Hospital_North'], users: 1 },
    });
  });

  it('shows its contacts to its own people and project admins only', async () => {
    const insider = await backend.user('in@uke.example.org', 'member', UKE, 100);
    const outsider = await backend.user('out@clinic.org', 'org_admin', 'clinic', 100);
    const pending = await backend.user('new@uke.example.org', 'member', UKE, 0);
    const read = async (ask: typeof insider) =>
      (await ask('GET', `/organizations/by-name/${UKE}`)).json['organization'];
    expect(await read(insider)).toMatchObject({ contacts: expect.stringContaining('Ada') });
    expect(await read(outsider)).toMatchObject({ contacts: '', display_name: HAMBURG });
    expect((await pending('GET', `/organizations/by-name/${UKE}`)).status).toBe(403);
    expect((await backend.stranger('GET', `/organizations/by-name/${UKE}`)).status).toBe(401);
    expect((await admin('GET', '/organizations/by-name/Nowhere')).status).toBe(404);
    for (const [method, route, body] of [
      ['POST', '/organizations', { display_name: 'Mine' }],
      ['PATCH', `/organizations/by-name/${UKE}`, { display_name: 'Mine' }],
      ['POST', `/organizations/by-name/${UKE}/merge`, { into: 'clinic' }],
    ] as const) {
      expect((await outsider(method, route, body)).status).toBe(403);
    }
  });

  it('is renamed with its people, sites and invitations', async () => {
    const person = await backend.user('person@old.org', 'org_admin', 'Old_Name', 100);
    await addSite('old-1', 'Old_Name');
    const invite = { emails: ['guest@old.org'], organization: 'Old_Name', role: 'member' };
    expect((await admin('POST', '/invitations', invite)).status).toBe(201);
    expect(await admin('PATCH', '/organizations/by-name/Old_Name', { name: UKE })).toMatchObject(
      conflict('name', 'taken'),
    );
    const reply = await admin('PATCH', '/organizations/by-name/Old_Name', {
      name: 'New_Name',
      display_name: 'New',
    });
    expect(reply).toMatchObject({
      status: 200,
      json: { organization: { name: 'New_Name', users: 1, sites: 1 } },
    });
    expect((await person('GET', '/me')).json).toMatchObject({ user: { organization: 'New_Name' } });
    expect((await admin('GET', '/clients?organization=New_Name')).json['client_list']).toHaveLength(1);
    expect((await admin('GET', '/invitations')).json['invitations']).toContainEqual(
      expect.objectContaining({ email: 'guest@old.org', organization: 'New_Name' }),
    );
    expect((await admin('GET', '/organizations/by-name/Old_Name')).status).toBe(404);
  });

  it('takes those of another one, and keeps its own details', async () => {
    const person = await backend.user('person@twin.org', 'org_admin', 'Twin', 100);
    await addSite('twin-1', 'Twin');
    expect((await admin('POST', '/organizations/by-name/Twin/merge', { into: 'Twin' })).status).toBe(400);
    expect((await admin('POST', '/organizations/by-name/Twin/merge', { into: 'Nowhere' })).status).toBe(404);
    expect(await admin('POST', '/organizations/by-name/Twin/merge', { into: 'New_Name' })).toMatchObject({
      status: 200,
      json: { organization: { name: 'New_Name', display_name: 'New', users: 2, sites: 2 } },
    });
    expect((await person('GET', '/me')).json).toMatchObject({ user: { organization: 'New_Name' } });
    expect((await admin('GET', '/organizations/by-name/Twin')).status).toBe(404);
  });

  it('keeps its name once a certificate carries it, says so, and changes the rest', async () => {
    const settings = { short_name: 'lung', server1: 'fl.example.org', key_bits: 2048 };
    expect((await admin('PATCH', '/project', settings)).status).toBe(200);
    expect((await admin('PATCH', '/project', { frozen: true })).status).toBe(200);
    const id = await addSite('north-1', 'Hospital_North', true);
    expect((await admin('POST', `/clients/${id}/blob`, {})).status).toBe(200);
    expect((await admin('GET', '/organizations/by-name/Hospital_North')).json).toMatchObject({
      organization: { certificates: 1 },
    });
    for (const [method, route, body] of [
      ['PATCH', '/organizations/by-name/Hospital_North', { name: 'North' }],
      ['POST', '/organizations/by-name/Hospital_North/merge', { into: UKE }],
    ] as const) {
      expect(await admin(method, route, body)).toMatchObject(conflict('name', 'in_certificates'));
    }
    const merged = await admin('POST', '/organizations/by-name/Hospita1_North/merge', {
      into: 'Hospital_North',
    });
    expect(merged.status).toBe(200);
    expect(
      (await admin('PATCH', '/organizations/by-name/Hospital_North', { display_name: 'Hospital North' }))
        .status,
    ).toBe(200);
  });
});
