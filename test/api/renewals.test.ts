import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Renewal } from '../../src/contract/api/renewals.ts';
import { newKey, openSslRequest } from '../support/certificate-request.ts';
import type { Ask } from './backend.ts';
import {
  approved,
  backend,
  lead,
  newSite,
  orgAdmin,
  startStudy,
  stopStudy,
  submitted,
} from './request-study.ts';

const List = z.object({ renewals: z.array(Renewal) });

beforeAll(() => startStudy({ leaf_valid_days: 40 }), 60_000);
afterAll(stopStudy);

const renewalsOf = async (ask: Ask, query = ''): Promise<readonly Renewal[]> =>
  List.parse((await ask('GET', `/renewals${query}`)).json).renewals;
const namesOf = (renewals: readonly Renewal[]): readonly string[] => renewals.map(({ name }) => name);
const certify = async (name: string, key = newKey()) =>
  approved(await submitted(orgAdmin, Buffer.from(openSslRequest(key, `/CN=${name}`)).toString('base64')));

describe('the certificates that expire next', () => {
  it('are listed by the time that is left, with the way in which each is renewed', async () => {
    const site = await newSite();
    await certify(site.name);
    expect((await orgAdmin('POST', `/users/${orgAdmin.id}/blob`, { pin: 'Kit4pin42' })).status).toBe(200);
    expect((await backend.admin('POST', '/servers/1/blob', { pin: 'Kit4pin42' })).status).toBe(200);
    const found = await renewalsOf(backend.admin);
    expect(found.map(({ name, way, holder }) => [name, way, holder.kind])).toEqual([
      [site.name, 'same_key', 'client'],
      ['orgadmin@example.org', 'new_kit', 'user'],
      ['server.example.org', 'new_kit', 'server'],
    ]);
    expect(found.map(({ days_left: left }) => left)).toEqual([39, 39, 39]);
    expect(await renewalsOf(backend.admin, '?within=30')).toEqual([]);
    await backend.admin('PATCH', '/project', { leaf_valid_days: 5 });
    const next = await newSite();
    await certify(next.name);
    await backend.admin('PATCH', '/project', { leaf_valid_days: 40 });
    expect(namesOf(await renewalsOf(backend.admin, '?within=7'))).toEqual([next.name]);
    expect(namesOf(await renewalsOf(backend.admin))).toEqual([next.name, ...namesOf(found)]);
    expect((await backend.admin('GET', '/renewals?within=8')).status).toBe(400);
  });

  it('are the own ones for whoever is no project admin', async () => {
    const other = await backend.user('other@example.org', 'org_admin', 'clinic', 100);
    const names = namesOf(await renewalsOf(orgAdmin));
    expect(names).toContain('orgadmin@example.org');
    expect(names).not.toContain('server.example.org');
    expect(names.filter((name) => name.startsWith('site-'))).not.toEqual([]);
    expect([await renewalsOf(other), await renewalsOf(lead)]).toEqual([[], []]);
    expect((await backend.stranger('GET', '/renewals')).status).toBe(401);
  });

  it('are those of the organization for its org admins, who renew only their own', async () => {
    const colleague = await backend.user('colleague@example.org', 'org_admin', 'hospital', 100);
    const found = await renewalsOf(colleague);
    const shown = found.map(({ name, renewable }) => [name.replace(/\d+$/, ''), renewable]);
    expect(shown).toContainEqual(['site-', false]);
    expect(shown).toContainEqual(['orgadmin@example.org', false]);
    expect(namesOf(found)).not.toContain('server.example.org');
    const own = await renewalsOf(orgAdmin);
    expect(own.every(({ renewable }) => renewable)).toBe(true);
    expect(namesOf(found)).toEqual(namesOf(own));
  });

  it('leave out what was renewed with the same key, revoked, or belongs to a denied site', async () => {
    const key = newKey();
    const [renewed, denied] = [await newSite(), await newSite()];
    const first = await certify(renewed.name, key);
    const second = await certify(renewed.name, key);
    await certify(denied.name);
    await backend.admin('PATCH', `/clients/${denied.id}`, { approval_state: -1 });
    const found = await renewalsOf(backend.admin);
    const serials = found.map(({ serial }) => serial);
    expect(serials).toContain(second.serial);
    expect(serials).not.toContain(first.serial);
    expect(namesOf(found)).not.toContain(denied.name);
    const body = { serials: [second.serial], reason: 'superseded' };
    expect((await backend.admin('POST', '/certificates/revoke', body)).status).toBe(200);
    expect(namesOf(await renewalsOf(backend.admin))).not.toContain(renewed.name);
  });
});
