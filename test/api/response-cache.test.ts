import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { openDatabase } from '../../src/backend/store/open.ts';
import { startBackend, type Ask, type Backend } from './backend.ts';

const Made = z.object({ id: z.number() });

let backend: Backend;
let orgAdmin: Ask & { readonly id: number };
let site = 0;
beforeAll(async () => {
  backend = await startBackend();
  orgAdmin = await backend.user('org@example.org', 'org_admin', 'clinic', 100);
  const made = await orgAdmin('POST', '/clients', { name: 'site-1', description: 'first' });
  site = Made.parse(made.json['client']).id;
}, 60_000);
afterAll(() => backend.close());

const described = async (ask: Ask, route: string): Promise<readonly [number, boolean, boolean]> => {
  const response = await ask('GET', route);
  const text = response.bytes.toString('utf8');
  return [response.status, text.includes('first'), text.includes('second')];
};
const ROUTES = () => ['/clients', `/clients/${site}`, '/clients?q=site&sort=-name'];

describe('an answer asked for again', () => {
  it('is the same as long as nothing changes, and told apart by address and requester', async () => {
    for (const route of ROUTES()) {
      const [one, two] = [await orgAdmin('GET', route), await orgAdmin('GET', route)];
      expect(two.bytes.equals(one.bytes)).toBe(true);
      expect(two.headers.get('content-type')).toBe(one.headers.get('content-type'));
      expect(two.headers.get('x-request-id')).not.toBe(one.headers.get('x-request-id'));
    }
    expect((await orgAdmin('GET', '/clients?q=nothing')).json['client_list']).toEqual([]);
    expect((await backend.stranger('GET', '/clients')).status).toBe(401);
    const foreign = await backend.user('lead@example.org', 'lead', 'elsewhere', 100);
    expect((await foreign('GET', '/clients')).json['client_list']).toEqual([]);
    expect((await foreign('GET', `/clients/${site}`)).status).toBe(404);
  });

  it('tells of a change made over the API', async () => {
    for (const route of ROUTES()) {
      expect(await described(orgAdmin, route)).toEqual([200, true, false]);
    }
    await orgAdmin('PATCH', `/clients/${site}`, { description: 'second' });
    for (const route of ROUTES()) {
      expect(await described(orgAdmin, route)).toEqual([200, false, true]);
    }
  });

  it('tells of a change that another program made in the database', async () => {
    for (const route of ROUTES()) {
      expect(await described(orgAdmin, route)).toEqual([200, false, true]);
    }
    const other = await openDatabase(backend.database);
    await other.write((trx) => trx.updateTable('client').set({ description: 'first' }).execute());
    for (const route of ROUTES()) {
      expect(await described(orgAdmin, route)).toEqual([200, true, false]);
    }
    await other.close();
  });

  it('is refused as soon as the requester is denied or logs out', async () => {
    const lead = await backend.user('second@example.org', 'lead', 'clinic', 100);
    expect((await lead('GET', '/clients')).status).toBe(200);
    await lead('POST', '/logout');
    expect((await lead('GET', '/clients')).status).toBe(401);
    expect((await orgAdmin('GET', '/clients')).status).toBe(200);
    await backend.admin('PATCH', `/users/${orgAdmin.id}`, { approval_state: -1 });
    for (const route of ROUTES()) {
      expect((await orgAdmin('GET', route)).status).toBe(401);
    }
  });
});
