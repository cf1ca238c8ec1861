import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  newKey,
  openSslRequest,
  requestMembers,
  requestZip,
  type Differences,
  type Requested,
} from '../support/certificate-request.ts';
import { smallZip } from '../support/small-zip.ts';
import {
  PROJECT,
  SERVER,
  approved,
  backend,
  lead,
  newSite,
  orgAdmin,
  startStudy,
  stopStudy,
  submit,
  submitted,
} from './request-study.ts';

const key = newKey();

beforeAll(() => startStudy(), 60_000);
afterAll(stopStudy);

describe('refuses', () => {
  let site: Requested & { readonly id: number };
  let neighbor: Requested;
  beforeAll(async () => {
    site = await newSite();
    neighbor = await newSite();
  });
  const keyPem = (): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const differing = (differences: Differences) => () => requestZip(key, site, differences);
  const yaml = (lines: string): string => `name: ${PROJECT}\nparticipants:\n${lines}`;
  const bare = (of: KeyObject, subject: string): string =>
    Buffer.from(openSslRequest(of, subject)).toString('base64');
  const rsa = (bits: number): KeyObject => generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
  const ec = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

  const cases: readonly (readonly [string, () => string | Promise<string>, RegExp])[] = [
    ['an EC key', () => requestZip(ec(), site), /of type ec/],
    ['an EC key in a bare request', () => bare(ec(), `/CN=${site.name}`), /of type ec/],
    ['a weak key', () => requestZip(rsa(1024), site), /1024 bits/],
    ['another CN', differing({ subject: '/CN=site-x/O=hospital/unstructuredName=client' }), /named "site-x"/],
    [
      'the name of another site',
      () => requestZip(key, site, { subject: `/CN=${neighbor.name}/O=hospital/unstructuredName=client` }),
      /name in request.json/,
    ],
    [
      'another organization',
      () => requestZip(key, site, { subject: `/CN=${site.name}/O=clinic/unstructuredName=client` }),
      /O in the request/,
    ],
    ['another organization in request.json', differing({ json: { org: 'clinic' } }), /organization in req/],
    ['another project', differing({ json: { project: 'other' } }), /project in request.json/],
    ['another kind', differing({ json: { kind: 'server' } }), /kind in request.json/],
    ['another certificate type', differing({ json: { cert_type: 'server' } }), /cert_type in request.json/],
    ['a role for a site', differing({ json: { cert_role: 'lead' } }), /cert_role in request.json/],
    ['a wrong hash of the CSR', differing({ json: { csr_sha256: '0'.repeat(64) } }), /hash of the CSR/],
    [
      'a wrong hash of the key',
      differing({ json: { public_key_sha256: '0'.repeat(64) } }),
      /hash of the public key/,
    ],
    [
      'a wrong hash of site.yaml',
      differing({ json: { site_yaml_sha256: '0'.repeat(64) } }),
      /hash of the site.yaml/,
    ],
    ['another schema', differing({ json: { schema_version: '2' } }), /schema_version/],
    ['a request id of another form', differing({ json: { request_id: '../../x' } }), /request_id/],
    [
      'a server in site.yaml',
      () =>
        requestZip(key, site, { siteYaml: yaml(`  - {name: ${site.name}, type: server, org: hospital}\n`) }),
      /type in site.yaml/,
    ],
    [
      'two participants in site.yaml',
      differing({
        siteYaml: yaml('  - {name: a, type: client, org: b}\n  - {name: c, type: client, org: d}\n'),
      }),
      /one participant/,
    ],
    ['a site.yaml that is not YAML', differing({ siteYaml: '{[' }), /not YAML/],
    [
      'a site.yaml that unfolds without end',
      differing({
        siteYaml: `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b]\n`,
      }),
      /too often/,
    ],
    ['a private key in the zip', differing({ extra: [['site.key', keyPem()]] }), /holds a private key/],
    ['a private key under another name', differing({ extra: [['notes.txt', keyPem()]] }), /private key/],
    ['a private key beside the CSR', differing({ csr: keyPem() }), /private key/],
    ['a private key alone', () => Buffer.from(keyPem()).toString('base64'), /private key/],
    ['another member', differing({ extra: [['notes.txt', 'hello']] }), /does not belong there/],
    ['a path upwards', differing({ extra: [['../notes.txt', 'hello']] }), /folder|relative path/],
    ['a bomb', differing({ extra: [['zeros', Buffer.alloc(20_000_000)]] }), /more than 65536 bytes/],
    [
      'no request.json',
      async () => (await smallZip(requestMembers(key, site).slice(1))).toString('base64'),
      /no request.json/,
    ],
    ['a zip of nothing', async () => (await smallZip([])).toString('base64'), /no request.json/],
    ['other bytes', () => Buffer.from('hello').toString('base64'), /neither DER nor one PEM/],
    [
      'a role in a bare request of a site',
      () => bare(key, `/CN=${site.name}/unstructuredName=lead`),
      /"lead"/,
    ],
    ['another organization in a bare request', () => bare(key, `/CN=${site.name}/O=clinic`), /"clinic"/],
  ];
  it.each(cases)('%s', async (_what, request, reason) => {
    const response = await submit(orgAdmin, await request());
    expect([response.status, response.json['code'], response.json['message']]).toEqual([
      400,
      'invalid',
      expect.stringMatching(reason),
    ]);
    expect(JSON.stringify(response.json)).not.toContain('PRIVATE KEY-----');
  });

  it('a request that was submitted for another site', async () => {
    const other = await newSite();
    const response = await submit(orgAdmin, await requestZip(key, site), {
      holder: { kind: 'client', id: other.id },
    });
    expect([response.status, response.json['message']]).toEqual([400, expect.stringMatching(/is for/)]);
  });

  it('a host name of the server that is not approved', async () => {
    const server: Requested = {
      project: PROJECT,
      name: SERVER,
      org: 'nvidia',
      kind: 'server',
      certType: 'server',
    };
    const siteYaml = yaml(
      `  - {name: ${SERVER}, type: server, org: nvidia, host_names: [bank.example.org]}\n`,
    );
    const response = await submit(backend.admin, await requestZip(newKey(), server, { siteYaml }));
    expect([response.status, response.json['message']]).toEqual([400, expect.stringMatching(/bank/)]);
  });

  it('a person who claims another role', async () => {
    const person: Requested = {
      project: PROJECT,
      name: 'lead@example.org',
      org: 'hospital',
      kind: 'user',
      certType: 'org_admin',
    };
    const response = await submit(lead, await requestZip(newKey(), person));
    expect([response.status, response.json['message']]).toEqual([400, expect.stringMatching(/org_admin/)]);
  });

  it('a request id that was approved or rejected before', async () => {
    const again = await newSite();
    const zip = await requestZip(newKey(), again);
    const first = await submitted(orgAdmin, zip);
    expect((await submit(orgAdmin, zip)).status).toBe(409);
    await approved(first);
    expect((await submit(orgAdmin, zip)).json).toMatchObject({
      code: 'conflicting',
      message: 'This request was approved before; generate another one.',
    });
  });

  it('the key of another site', async () => {
    const [one, other] = [await newSite(), await newSite()];
    const shared = newKey();
    await submitted(orgAdmin, await requestZip(shared, one));
    const response = await submit(orgAdmin, await requestZip(shared, other));
    expect([response.status, response.json['message']]).toEqual([
      400,
      expect.stringMatching(/somebody else/),
    ]);
  });

  it('the key of a revoked certificate', async () => {
    const revoked = await newSite();
    const lost = newKey();
    const { serial } = await approved(await submitted(orgAdmin, await requestZip(lost, revoked)));
    await backend.admin('POST', '/certificates/revoke', { serials: [serial], reason: 'keyCompromise' });
    await backend.admin('PATCH', `/clients/${revoked.id}`, { approval_state: 100 });
    const response = await submit(orgAdmin, await requestZip(lost, revoked));
    expect([response.status, response.json['message']]).toEqual([400, expect.stringMatching(/was revoked/)]);
  });
});
