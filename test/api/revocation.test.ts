import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { openDatabase } from '../../src/backend/store/open.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { startBackend, type Ask, type Backend } from './backend.ts';

const PIN = 'abcd1234';
const Site = z.object({ client: z.object({ id: z.number(), approval_state: z.number() }) });
const Row = z.object({
  kind: z.string(),
  common_name: z.string(),
  serial: z.string(),
  state: z.string(),
  key_origin: z.string(),
  organization: z.string(),
  role: z.string(),
  holder: z
    .object({ kind: z.string(), id: z.number(), organization: z.string(), role: z.string() })
    .optional(),
  superseded_by: z.string().optional(),
  revoked_at: z.string().optional(),
  revocation_reason: z.string().optional(),
});
const Ledger = z.object({ kits: z.array(Row), total: z.number() });

let backend: Backend;
let orgAdmin: Ask & { id: number };
let count = 0;

beforeAll(async () => {
  backend = await startBackend({ passphrase: 'a long passphrase' });
  orgAdmin = await backend.user('orgadmin@example.org', 'org_admin', 'hospital', 100);
  const project = { short_name: 'demo', server1: 'server.example.org', key_bits: 2048, frozen: true };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
}, 60_000);
afterAll(() => backend.close());

const newSite = async (): Promise<{ readonly id: number; readonly name: string }> => {
  count += 1;
  const name = `site-${count}`;
  const { id } = Site.parse((await orgAdmin('POST', '/clients', { name })).json).client;
  expect((await backend.admin('PATCH', `/clients/${id}`, { approval_state: 100 })).status).toBe(200);
  return { id, name };
};

/** @returns the serial number */
const kit = async (ask: Ask, of: string): Promise<string> => {
  const response = await ask('POST', `/${of}/blob`, { pin: PIN });
  expect([of, response.status, response.json]).toEqual([of, 200, {}]);
  return z.string().parse(response.headers.get('x-kit-serial'));
};

const ledger = async (query = ''): Promise<readonly z.infer<typeof Row>[]> =>
  Ledger.parse((await backend.admin('GET', `/kits${query}`)).json).kits;

const entryOf = async (serial: string): Promise<z.infer<typeof Row>> => {
  const [entry] = await ledger(`?q=${serial}`);
  return Row.parse(entry);
};

const revoke = (serials: readonly string[], reason: string, more: object = {}) =>
  backend.admin('POST', '/certificates/revoke', { serials, reason, ...more });

/** Returns what OpenSSL says of the list, after it has checked the root CA's signature. */
const listText = async (): Promise<string> => {
  const root = z.string().parse((await backend.admin('GET', '/ca')).json['certificate']);
  const list = await backend.stranger('GET', '/crl.pem');
  expect([list.status, list.headers.get('content-type')]).toEqual([200, 'application/x-pem-file']);
  const files = { root: path.join(backend.folder, 'root.pem'), list: path.join(backend.folder, 'crl.pem') };
  writeFileSync(files.root, root);
  writeFileSync(files.list, list.bytes);
  const args = ['crl', '-in', files.list, '-CAfile', files.root, '-verify', '-noout', '-text'];
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
};

describe('the ledger', () => {
  it('marks the earlier certificate of a site as superseded by the next', async () => {
    const site = await newSite();
    const first = await kit(orgAdmin, `clients/${site.id}`);
    expect(await entryOf(first)).toMatchObject({ state: 'in_force', key_origin: 'dashboard' });
    const second = await kit(orgAdmin, `clients/${site.id}`);
    expect(await entryOf(first)).toMatchObject({ state: 'superseded', superseded_by: second });
    expect((await entryOf(second)).state).toBe('in_force');
  });

  it('keeps the certificates of two servers apart', async () => {
    const first = await kit(backend.admin, 'servers/1');
    const other = await newSite();
    await kit(orgAdmin, `clients/${other.id}`);
    expect(await entryOf(first)).toMatchObject({ state: 'in_force', organization: 'nvidia' });
    const second = await kit(backend.admin, 'servers/1');
    expect((await entryOf(first)).superseded_by).toBe(second);
  });

  it('tells what a certificate was issued as and what its holder is now', async () => {
    const lead = await backend.user('lead@example.org', 'lead', 'hospital', 100);
    const serial = await kit(lead, `users/${lead.id}`);
    expect((await backend.admin('PATCH', `/users/${lead.id}`, { role: 'member' })).status).toBe(200);
    expect(await entryOf(serial)).toMatchObject({
      role: 'lead',
      organization: 'hospital',
      holder: { kind: 'user', id: lead.id, role: 'member', organization: 'hospital' },
    });
  });

  it('finds certificates of denied and deleted holders', async () => {
    const [denied, deleted] = [await newSite(), await newSite()];
    const serials = [
      await kit(orgAdmin, `clients/${denied.id}`),
      await kit(orgAdmin, `clients/${deleted.id}`),
    ];
    await backend.admin('PATCH', `/clients/${denied.id}`, { approval_state: -1 });
    await backend.admin('DELETE', `/clients/${deleted.id}`);
    const found = async (state: string) =>
      (await ledger(`?state=${state}`)).map(({ serial }) => serial).filter((one) => serials.includes(one));
    expect(await found('holder_denied')).toEqual([serials[0]]);
    expect(await found('holder_deleted')).toEqual([serials[1]]);
    expect(await found('in_force')).toEqual([]);
  });
});

describe('revoking', () => {
  it('asks for the password again once the log-in is five minutes old', async () => {
    const admin = await backend.user('late.admin@example.org', 'project_admin', 'nvidia', 100);
    const site = await newSite();
    const serial = await kit(orgAdmin, `clients/${site.id}`);
    const db = await openDatabase(backend.database);
    const confirmed_at = toTimestamp(new Date(Date.now() - 6 * 60_000));
    await db.write((trx) =>
      trx.updateTable('session').set({ confirmed_at }).where('user_id', '=', admin.id).execute(),
    );
    await db.close();
    const late = { status: 403, json: { code: 'confirmation_required' } };
    expect(
      await admin('POST', '/certificates/revoke', { serials: [serial], reason: 'keyCompromise' }),
    ).toMatchObject(late);
    const denial = { decision: 'deny', clients: [site.id], revoke: 'privilegeWithdrawn' };
    expect(await admin('POST', '/approvals', denial)).toMatchObject(late);
    expect(await entryOf(serial)).toMatchObject({ state: 'in_force' });
  });

  it("ends a person's access tokens", async () => {
    const lead = await backend.user('lead.with.token@example.org', 'lead', 'hospital', 100);
    const serial = await kit(lead, `users/${lead.id}`);
    const body = { name: 'ci', scopes: ['read'] };
    const token = backend.as(z.string().parse((await lead('POST', '/tokens', body)).json['token']));
    expect((await token('GET', '/me')).status).toBe(200);
    expect((await revoke([serial], 'keyCompromise')).status).toBe(200);
    expect((await token('GET', '/me')).status).toBe(401);
  });

  it('puts serial number and reason on a list that OpenSSL verifies', async () => {
    const site = await newSite();
    const serial = await kit(orgAdmin, `clients/${site.id}`);
    const done = await revoke([serial], 'keyCompromise');
    expect(done.json).toMatchObject({
      revoked: [{ kind: 'client', common_name: site.name, serial }],
      pending: [site.name],
      lock_out: [{ name: site.name, command: `nvflare system disable-client ${site.name} --force` }],
      listed: true,
    });
    const text = await listText();
    expect(text).toContain(`Serial Number: ${serial}`);
    expect(text).toContain('Key Compromise');
    expect(await entryOf(serial)).toMatchObject({ state: 'revoked', revocation_reason: 'keyCompromise' });
  });

  it.each(['unspecified', 'affiliationChanged', 'superseded', 'cessationOfOperation', 'privilegeWithdrawn'])(
    'takes the reason %s',
    async (reason) => {
      const site = await newSite();
      const serial = await kit(orgAdmin, `clients/${site.id}`);
      expect((await revoke([serial], reason)).status).toBe(200);
      expect(await listText()).toContain(serial);
    },
  );

  it('refuses kits of a site until the project admin approves it again', async () => {
    const site = await newSite();
    const serial = await kit(orgAdmin, `clients/${site.id}`);
    await revoke([serial], 'keyCompromise');
    const refused = await orgAdmin('POST', `/clients/${site.id}/blob`, { pin: PIN });
    expect([refused.status, refused.json['code']]).toEqual([403, 'not_approved']);
    await backend.admin('PATCH', `/clients/${site.id}`, { approval_state: 100 });
    const next = await kit(orgAdmin, `clients/${site.id}`);
    expect((await entryOf(next)).state).toBe('in_force');
    expect((await entryOf(serial)).state).toBe('revoked');
  });

  it('leaves a site alone that still has a usable certificate', async () => {
    const site = await newSite();
    const lost = await kit(orgAdmin, `clients/${site.id}`);
    await kit(orgAdmin, `clients/${site.id}`);
    expect((await revoke([lost], 'superseded')).json).toMatchObject({ pending: [] });
    expect(Site.parse((await backend.admin('GET', `/clients/${site.id}`)).json).client.approval_state).toBe(
      100,
    );
    const disabled = await backend.admin('GET', '/disabled_clients.json');
    expect(disabled.json['disabled_clients']).not.toContain(site.name);
  });

  it('revokes the other certificates of the holder on request', async () => {
    const site = await newSite();
    const first = await kit(orgAdmin, `clients/${site.id}`);
    const second = await kit(orgAdmin, `clients/${site.id}`);
    const done = await revoke([second], 'keyCompromise', { all_of_holder: true });
    expect(done.json).toMatchObject({ revoked: [{ serial: first }, { serial: second }] });
  });

  it('ends the sessions of the person', async () => {
    const person = await backend.user('leaver@example.org', 'member', 'hospital', 100);
    const serial = await kit(person, `users/${person.id}`);
    expect((await person('GET', '/me')).status).toBe(200);
    await revoke([serial], 'affiliationChanged');
    expect((await person('GET', '/me')).status).toBe(401);
  });

  it('does nothing to a certificate that is revoked already', async () => {
    const site = await newSite();
    const serial = await kit(orgAdmin, `clients/${site.id}`);
    await revoke([serial], 'keyCompromise');
    expect((await revoke([serial], 'unspecified')).json).toMatchObject({ revoked: [], pending: [] });
    expect((await entryOf(serial)).revocation_reason).toBe('keyCompromise');
  });

  it('revokes nothing when one serial number is not in the ledger', async () => {
    const site = await newSite();
    const serial = await kit(orgAdmin, `clients/${site.id}`);
    const refused = await revoke([serial, 'ABCDEF'], 'keyCompromise');
    expect([refused.status, refused.json['fields']]).toEqual([
      400,
      [{ path: 'serials.1', message: 'is not in the ledger: ABCDEF' }],
    ]);
    expect((await entryOf(serial)).state).toBe('in_force');
  });

  it.each(['deny', 'delete'])('goes along with the decision to %s a site', async (decision) => {
    const site = await newSite();
    const serial = await kit(orgAdmin, `clients/${site.id}`);
    const decided = await backend.admin('POST', '/approvals', {
      decision,
      clients: [site.id],
      revoke: 'cessationOfOperation',
    });
    expect(decided.json['results']).toMatchObject([{ name: site.name, done: true }]);
    expect(await entryOf(serial)).toMatchObject({
      state: 'revoked',
      revocation_reason: 'cessationOfOperation',
    });
  });
});

describe('the list of sites to lock out', () => {
  it('names a site all of whose certificates are revoked, until it gets a new kit', async () => {
    const site = await newSite();
    const serial = await kit(orgAdmin, `clients/${site.id}`);
    const before = await backend.admin('GET', '/disabled_clients.json');
    await revoke([serial], 'keyCompromise');
    const disabled = await backend.admin('GET', '/disabled_clients.json');
    expect(Object.keys(disabled.json)).toEqual(['disabled_clients']);
    expect(disabled.json['disabled_clients']).toContain(site.name);
    expect(disabled.headers.get('etag')).not.toBe(before.headers.get('etag'));
    await backend.admin('PATCH', `/clients/${site.id}`, { approval_state: 100 });
    await kit(orgAdmin, `clients/${site.id}`);
    const after = await backend.admin('GET', '/disabled_clients.json');
    expect(after.json['disabled_clients']).not.toContain(site.name);
  });

  it('is not for strangers or members', async () => {
    expect((await backend.stranger('GET', '/disabled_clients.json')).status).toBe(401);
    expect((await orgAdmin('GET', '/disabled_clients.json')).status).toBe(403);
  });
});

describe('the revocation list', () => {
  it.each(['/crl.pem', '/crl.der', '/api/v1/crl.der'])(
    'at %s is sent once to who remembers its entity tag',
    async (address) => {
      const first = await fetch(`${backend.url}${address}`);
      const etag = z.string().parse(first.headers.get('etag'));
      const again = await fetch(`${backend.url}${address}`, { headers: { 'if-none-match': etag } });
      expect([first.status, again.status, await again.text()]).toEqual([200, 304, '']);
    },
  );

  it('is the same in DER and PEM', async () => {
    const der = Buffer.from(await (await fetch(`${backend.url}/crl.der`)).arrayBuffer());
    const pem = execFileSync('openssl', ['crl', '-inform', 'DER'], { input: der, encoding: 'utf8' });
    expect(pem).toBe(await (await fetch(`${backend.url}/crl.pem`)).text());
  });

  it('stays as it is while the root key is sealed, and says what it lacks', async () => {
    const site = await newSite();
    const serial = await kit(orgAdmin, `clients/${site.id}`);
    const before = await (await fetch(`${backend.url}/crl.pem`)).text();
    backend = await backend.restart('');
    expect((await revoke([serial], 'keyCompromise')).json).toMatchObject({ listed: false });
    expect(await (await fetch(`${backend.url}/crl.pem`)).text()).toBe(before);
    expect((await backend.admin('GET', '/ca')).json['crl']).toMatchObject({ complete: false });
    await backend.admin('POST', '/unseal', { passphrase: 'a long passphrase' });
    expect(await listText()).toContain(serial);
    expect((await backend.admin('GET', '/ca')).json['crl']).toMatchObject({ complete: true });
  });
});
