import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { RootCaResponse } from '../../src/contract/api/root-ca.ts';
import { RootPlan, RootProgress } from '../../src/contract/api/root-renewal.ts';
import { newKey, requestZip } from '../support/certificate-request.ts';
import { OwnCa } from '../support/own-ca.ts';
import { startBackend, type Backend } from './backend.ts';
import { approved, backend, newSite, orgAdmin, startStudy, stopStudy, submitted } from './request-study.ts';

const PIN = 'abcd1234';
const DAY_MS = 86_400_000;
const Plan = z.object({ plan: RootPlan });
const Progress = z.object({ renewal: RootProgress });
const Prepared = z.object({ prepared: z.object({ request: z.string() }) });

beforeAll(() => startStudy({ root_valid_days: 100, target_release: '2.9' }), 60_000);
afterAll(stopStudy);

const root = async (of: Backend = backend) => RootCaResponse.parse((await of.admin('GET', '/ca')).json);
const plan = async (body: object = {}): Promise<RootPlan> =>
  Plan.parse((await backend.admin('POST', '/ca/renewal/plan', body)).json).plan;
const progress = async (): Promise<RootProgress> =>
  Progress.parse((await backend.admin('GET', '/ca/renewal')).json).renewal;

/** rootCA.pem and the own certificate in a kit from the dashboard. */
const kit = async (path: string, certificate: string): Promise<{ root: string; own: string }> => {
  const { status, bytes } = await backend.admin('POST', `/${path}/blob`, { pin: PIN });
  expect(status).toBe(200);
  const folder = mkdtempSync(join(backend.folder, 'kit-'));
  writeFileSync(join(folder, 'kit.zip'), bytes);
  execFileSync('unzip', ['-qq', '-P', PIN, 'kit.zip'], { cwd: folder });
  const read = (name: string): string => readFileSync(join(folder, 'startup', name), 'utf8');
  return { root: read('rootCA.pem'), own: read(certificate) };
};

it('renews the root with its key, and says who still has the one of before', async () => {
  const own = await newSite();
  const { id } = await approved(await submitted(orgAdmin, await requestZip(newKey(), own)));
  const site = await newSite();
  await kit('servers/1', 'server.crt');
  const before = await kit(`clients/${site.id}`, 'client.crt');
  expect(await progress()).toMatchObject({ total: 3, renewed: 3, waiting: [] });

  const stale = await plan();
  await kit(`clients/${site.id}`, 'client.crt');
  const planned = await plan({ valid_days: 400 });
  expect(planned.kits.map(({ name }) => name).sort()).toEqual(
    [own.name, 'server.example.org', site.name].sort(),
  );
  const late = await backend.admin('POST', '/ca/renewal', { version: stale.version, valid_days: 400 });
  expect([late.status, late.json['code']]).toEqual([409, 'changed']);
  const done = await backend.admin('POST', '/ca/renewal', { version: planned.version, valid_days: 400 });
  expect(done.status).toBe(200);

  const after = new X509Certificate((await root()).certificate);
  const former = new X509Certificate(before.root);
  expect(after.subject).toBe(former.subject);
  expect(after.publicKey.equals(former.publicKey)).toBe(true);
  expect(after.fingerprint256).not.toBe(former.fingerprint256);
  expect(new Date(after.validTo).getTime() - Date.now()).toBeGreaterThan(399 * DAY_MS);
  const waits = await progress();
  expect([waits.renewed, waits.waiting.map(({ name }) => name).sort()]).toEqual([
    0,
    [own.name, 'server.example.org', site.name].sort(),
  ]);
  expect(waits.earlier?.fingerprint_sha256).toBe(former.fingerprint256);

  const next = await kit(`clients/${site.id}`, 'client.crt');
  expect(next.root).toBe((await root()).certificate);
  for (const trusted of [before, next]) {
    for (const { own: leaf } of [before, next]) {
      writeFileSync(join(backend.folder, 'root.pem'), trusted.root);
      writeFileSync(join(backend.folder, 'leaf.pem'), leaf);
      const args = ['verify', '-x509_strict', '-CAfile', 'root.pem', 'leaf.pem'];
      expect(execFileSync('openssl', args, { cwd: backend.folder, encoding: 'utf8' })).toBe('leaf.pem: OK\n');
    }
  }
  expect((await orgAdmin('GET', `/requests/${id}/signed.zip`)).status).toBe(200);
  expect((await progress()).waiting.map(({ name }) => name)).toEqual(['server.example.org']);
}, 60_000);

it('signs the revocation list with the renewed root, which either certificate verifies', async () => {
  const { bytes } = await backend.stranger('GET', '/crl.pem');
  writeFileSync(join(backend.folder, 'crl.pem'), bytes);
  writeFileSync(join(backend.folder, 'root.pem'), (await root()).certificate);
  const args = ['crl', '-in', 'crl.pem', '-CAfile', 'root.pem', '-noout'];
  expect(spawnSync('openssl', args, { cwd: backend.folder }).status).toBe(0);
});

it('has another CA sign the next certificate where it signed the present one', async () => {
  const ca = new OwnCa();
  const signed = await startBackend({});
  try {
    const hospital = ca.make('hospital', { subject: '/O=Hospital/CN=Hospital' });
    await signed.admin('PATCH', '/project', {
      short_name: 'study',
      server1: 'fl.example.org',
      key_bits: 2048,
    });
    const { prepared } = Prepared.parse((await signed.admin('POST', '/ca/request')).json);
    const first = ca.sign(prepared.request, 'first', 'hospital', { days: 50 });
    await signed.admin('POST', '/ca/certificate', { certificate: first + hospital });
    expect((await signed.admin('PATCH', '/project', { frozen: true })).status).toBe(200);
    const planned = Plan.parse((await signed.admin('POST', '/ca/renewal/plan', {})).json).plan;
    const bare = await signed.admin('POST', '/ca/renewal', { version: planned.version });
    expect([bare.status, bare.json['fields']]).toEqual([
      400,
      [{ path: 'certificate', code: 'missing', message: 'is missing' }],
    ]);
    const next = ca.sign(planned.request ?? '', 'next', 'hospital') + hospital;
    const body = { version: planned.version, certificate: next };
    expect((await signed.admin('POST', '/ca/renewal', body)).status).toBe(200);
    expect((await root(signed)).certificate).toBe(ca.certificate('next'));
    const other = { version: planned.version, certificate: hospital };
    expect((await signed.admin('POST', '/ca/renewal', other)).status).toBe(400);
  } finally {
    await signed.close();
    ca.remove();
  }
}, 60_000);

it('stays sealed after a restart like the root of before', async () => {
  const { certificate } = await root();
  const other = await backend.restart();
  try {
    expect(await root(other)).toMatchObject({ certificate, sealed: true });
    const refused = await other.admin('POST', '/ca/renewal/plan', {});
    expect([refused.status, refused.json['code']]).toEqual([423, 'sealed']);
    expect((await other.admin('POST', '/unseal', { passphrase: 'a long passphrase' })).status).toBe(200);
    expect((await other.admin('POST', '/ca/renewal/plan', {})).status).toBe(200);
  } finally {
    await other.stop();
  }
});
