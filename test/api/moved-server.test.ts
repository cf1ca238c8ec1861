import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readSmallZip } from '../../src/kits/read-zip.ts';
import { newKey, openSslRequest, requestZip } from '../support/certificate-request.ts';
import { approved, backend, newSite, orgAdmin, startStudy, stopStudy, submitted } from './request-study.ts';

const Signed = z.object({
  server: z.object({ fed_learn_port: z.number() }),
  certificate: z.object({ serial: z.string() }),
});
const Plan = z.object({ plan: z.object({ version: z.string() }) });
const Ledger = z.object({ kits: z.array(z.object({ serial: z.string() })) });

beforeAll(() => startStudy({ root_valid_days: 400 }), 60_000);
afterAll(stopStudy);

const signedOf = async (id: string): Promise<z.infer<typeof Signed>> => {
  const { status, bytes } = await orgAdmin('GET', `/requests/${id}/signed.zip`);
  expect(status).toBe(200);
  const members = await readSmallZip(bytes, { members: 5, memberBytes: 65_536 });
  return Signed.parse(JSON.parse(members.get('signed.json')?.toString('utf8') ?? ''));
};

const moveServer = async (port: number): Promise<void> => {
  const change = { server_props: { fed_learn_port: port } };
  const { plan } = Plan.parse((await backend.admin('POST', '/reissue/plan', change)).json);
  const done = await backend.admin('POST', '/reissue', { ...change, version: plan.version });
  expect(done.status).toBe(200);
};

const awaited = async (): Promise<readonly string[]> =>
  Ledger.parse((await backend.admin('GET', '/kits?next_kit=awaited')).json).kits.map(({ serial }) => serial);

it('names the new port in the signed zip of a certificate that stays in force, and then awaits it no more', async () => {
  const site = await newSite();
  const { id, serial = '' } = await approved(await submitted(orgAdmin, await requestZip(newKey(), site)));
  const before = await signedOf(id);
  expect(before.server.fed_learn_port).toBe(8002);
  await moveServer(9102);
  expect(await awaited()).toContain(serial);
  const after = await signedOf(id);
  expect(after).toEqual({ ...before, server: { fed_learn_port: 9102 } });
  expect(await awaited()).not.toContain(serial);
});

it('awaits a site with a bare request until its kit was fetched', async () => {
  const site = await newSite();
  const { id, serial = '' } = await approved(
    await submitted(orgAdmin, Buffer.from(openSslRequest(newKey(), `/CN=${site.name}`)).toString('base64')),
  );
  await moveServer(9103);
  expect(await awaited()).toContain(serial);
  expect((await orgAdmin('GET', `/requests/${id}/kit.zip`)).status).toBe(200);
  expect(await awaited()).not.toContain(serial);
});

it('refuses the signed zip of a certificate that was revoked', async () => {
  const site = await newSite();
  const { id, serial } = await approved(await submitted(orgAdmin, await requestZip(newKey(), site)));
  await backend.admin('POST', '/certificates/revoke', { serials: [serial], reason: 'keyCompromise' });
  expect((await orgAdmin('GET', `/requests/${id}/signed.zip`)).status).toBe(409);
});
