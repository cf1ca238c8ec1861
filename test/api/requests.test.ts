import { createPublicKey, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { RequestView } from '../../src/contract/api/requests.ts';
import { readSmallZip } from '../../src/kits/read-zip.ts';
import { newKey, openSslRequest, requestZip, type Requested } from '../support/certificate-request.ts';
import {
  One,
  PROJECT,
  SERVER,
  approve,
  approved,
  count,
  backend,
  lead,
  newSite,
  orgAdmin,
  startStudy,
  stopStudy,
  submit,
  submitted,
} from './request-study.ts';

const List = z.object({ requests: z.array(RequestView), total: z.number() });
const Ledger = z.object({
  kits: z.array(z.object({ serial: z.string(), state: z.string(), key_origin: z.string() })),
});

beforeAll(() => startStudy({ root_valid_days: 400 }), 60_000);
afterAll(stopStudy);

const certificateOf = async (request: RequestView): Promise<X509Certificate> => {
  const { json } = await backend.admin('GET', `/requests/${request.id}`);
  return new X509Certificate(z.string().parse(One.parse(json).request.certificate));
};

const ledgerOf = async (serial: string) =>
  Ledger.parse((await backend.admin('GET', `/kits?q=${serial}`)).json).kits;

describe('a request of nvflare cert request', () => {
  it('waits with everything that an approval rests on', async () => {
    const site = await newSite();
    const request = await submitted(orgAdmin, await requestZip(newKey(), site));
    expect(request).toMatchObject({
      form: 'nvflare',
      holder: { kind: 'client', id: site.id },
      name: site.name,
      organization: 'hospital',
      alternative_names: [site.name],
      key_type: 'RSA',
      key_bits: 2048,
      state: 'pending',
      requested_by: 'orgadmin@example.org',
    });
    const list = List.parse((await backend.admin('GET', '/requests?state=pending')).json);
    expect(list.requests.map(({ id }) => id)).toContain(request.id);
  });

  it('becomes a signed zip and a command when it is approved', async () => {
    const site = await newSite();
    const request = await approved(await submitted(orgAdmin, await requestZip(newKey(), site)));
    const root = new X509Certificate(
      z.string().parse((await backend.admin('GET', '/ca')).json['certificate']),
    );
    expect(request.package_command).toBe(
      `nvflare package ${site.name}.signed.zip --fingerprint SHA256:${root.fingerprint256}`,
    );
    const response = await orgAdmin('GET', `/requests/${request.id}/signed.zip`);
    expect(response.headers.get('content-disposition')).toContain(`${site.name}.signed.zip`);
    const members = await readSmallZip(response.bytes, { members: 5, memberBytes: 65_536 });
    expect([...members.keys()].sort()).toEqual(
      ['rootCA.pem', 'signed.json', 'signed.json.sig', `${site.name}.crt`, 'site.yaml'].sort(),
    );
    const certificate = await certificateOf(request);
    expect(certificate.checkIssued(root)).toBe(true);
    expect(await ledgerOf(request.serial ?? '')).toEqual([
      { serial: request.serial, state: 'in_force', key_origin: 'site' },
    ]);
  });

  it('certifies the key of the request and nothing that it says beside', async () => {
    const own = newKey();
    const site = await newSite();
    const request = await approved(await submitted(orgAdmin, await requestZip(own, site)));
    const certificate = await certificateOf(request);
    expect(certificate.publicKey.equals(createPublicKey(own))).toBe(true);
    expect(certificate.subject).toBe(`CN=${site.name}\nO=hospital\nunstructuredName=client`);
  });

  it('is taken for a person, from that person', async () => {
    const person: Requested = {
      project: PROJECT,
      name: 'lead@example.org',
      org: 'hospital',
      kind: 'user',
      certType: 'lead',
    };
    const request = await submitted(lead, await requestZip(newKey(), person));
    expect(request).toMatchObject({ holder: { kind: 'user', id: lead.id }, role: 'lead' });
    const certificate = await certificateOf(await approved(request));
    expect(certificate.subject).toContain('unstructuredName=lead');
  });

  it('is taken for the server, with the names of the project', async () => {
    const server: Requested = {
      project: PROJECT,
      name: SERVER,
      org: 'nvidia',
      kind: 'server',
      certType: 'server',
    };
    const siteYaml = `name: ${PROJECT}\nparticipants:\n  - name: ${SERVER}\n    type: server\n    org: nvidia\n    host_names: [fl.example.org]\n`;
    const request = await submitted(backend.admin, await requestZip(newKey(), server, { siteYaml }));
    const certificate = await certificateOf(await approved(request));
    expect(certificate.subjectAltName).toBe(`DNS:${SERVER}, DNS:fl.example.org`);
  });

  it('gives way to a newer one of the same site', async () => {
    const site = await newSite();
    const first = await submitted(orgAdmin, await requestZip(newKey(), site));
    const second = await submitted(orgAdmin, await requestZip(newKey(), site));
    expect((await approve(first)).status).toBe(404);
    expect((await approve(second)).status).toBe(200);
  });
});

describe('a bare request', () => {
  it.each([
    ['PEM', (csr: string) => Buffer.from(csr)],
    ['DER', (csr: string) => Buffer.from(csr.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64')],
  ])('is taken in %s and gets a certificate', async (_form, encode) => {
    const site = await newSite();
    const csr = encode(openSslRequest(newKey(), `/CN=${site.name}`));
    const request = await approved(await submitted(orgAdmin, csr.toString('base64')));
    expect(request.form).toBe('pkcs10');
    expect((await certificateOf(request)).subject).toBe(`CN=${site.name}\nO=hospital`);
    expect((await orgAdmin('GET', `/requests/${request.id}/signed.zip`)).status).toBe(409);
  });
});

describe('a decision', () => {
  it('is made on exactly what was looked at', async () => {
    const site = await newSite();
    const request = await submitted(orgAdmin, await requestZip(newKey(), site));
    expect((await approve({ ...request, version: 'another' })).json).toMatchObject({ code: 'changed' });
    await approved(request);
    expect((await approve(request)).json).toMatchObject({ code: 'changed' });
  });

  it('is refused when the site has been changed since', async () => {
    const site = await newSite();
    const request = await submitted(orgAdmin, await requestZip(newKey(), site));
    await backend.admin('PATCH', `/clients/${site.id}`, { organization: 'clinic' });
    expect((await approve(request)).json).toMatchObject({
      code: 'conflicting',
      fields: [expect.objectContaining({ code: 'changed' })],
    });
  });

  it('is refused while the site is not approved', async () => {
    const site = await newSite();
    const request = await submitted(orgAdmin, await requestZip(newKey(), site));
    await backend.admin('PATCH', `/clients/${site.id}`, { approval_state: 0 });
    expect((await approve(request)).json).toMatchObject({ code: 'not_approved' });
  });

  it('signs once when it is made twice at the same time', async () => {
    const site = await newSite();
    const request = await submitted(orgAdmin, await requestZip(newKey(), site));
    const statuses = (await Promise.all([approve(request), approve(request)])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 409]);
    const ledger = z
      .object({ total: z.number() })
      .parse((await backend.admin('GET', `/kits?q=${site.name}`)).json);
    expect(ledger.total).toBe(1);
  });

  it('can be a rejection, whose reason the submitter reads', async () => {
    const site = await newSite();
    const request = await submitted(orgAdmin, await requestZip(newKey(), site));
    const body = { version: request.version, reason: 'Wrong machine' };
    expect((await backend.admin('POST', `/requests/${request.id}/reject`, body)).status).toBe(200);
    expect(One.parse((await orgAdmin('GET', `/requests/${request.id}`)).json).request).toMatchObject({
      state: 'rejected',
      reason: 'Wrong machine',
      decided_by: 'admin@example.org',
    });
    expect((await orgAdmin('GET', `/requests/${request.id}/signed.zip`)).status).toBe(409);
  });

  it('ends with the site', async () => {
    const site = await newSite();
    const request = await submitted(orgAdmin, await requestZip(newKey(), site));
    expect((await backend.admin('DELETE', `/clients/${site.id}`)).status).toBe(200);
    expect((await approve(request)).status).toBe(404);
  });
});

describe('renewal with the same key', () => {
  it('names the certificate it renews and supersedes it', async () => {
    const site = await newSite();
    const kept = newKey();
    const first = await approved(await submitted(orgAdmin, await requestZip(kept, site)));
    const second = await submitted(orgAdmin, await requestZip(kept, site));
    expect(second.renews).toBe(first.serial);
    await approved(second);
    expect(await ledgerOf(first.serial ?? '')).toMatchObject([{ state: 'superseded', key_origin: 'site' }]);
  });
});

describe('the validity of certificates', () => {
  const daysOf = async (days: number): Promise<number> => {
    expect((await backend.admin('PATCH', '/project', { leaf_valid_days: days })).status).toBe(200);
    const site = await newSite();
    const certificate = await certificateOf(
      await approved(await submitted(orgAdmin, await requestZip(newKey(), site))),
    );
    return Math.round((new Date(certificate.validTo).getTime() - Date.now()) / 86_400_000);
  };

  it('can be changed in a frozen project', async () => {
    expect([await daysOf(30), await daysOf(90)]).toEqual([30, 90]);
  });

  it('never goes beyond the root CA', async () => {
    expect(await daysOf(3650)).toBe(400);
  });

  it('stays fixed for the root CA', async () => {
    const response = await backend.admin('PATCH', '/project', { root_valid_days: 4000 });
    expect(response.json).toMatchObject({ code: 'project_frozen' });
  });
});

describe('with NVFLARE 2.7, which starts sites only with a signed key file', () => {
  beforeAll(async () => {
    expect((await backend.admin('PATCH', '/project', { target_release: '2.7' })).status).toBe(200);
  });
  afterAll(async () => {
    expect((await backend.admin('PATCH', '/project', { target_release: '2.9' })).status).toBe(200);
  });

  it('a request of a site is refused with the reason', async () => {
    const site = await newSite();
    const response = await submit(orgAdmin, await requestZip(newKey(), site));
    expect([response.status, response.json['message']]).toEqual([409, expect.stringMatching(/signed by/)]);
  });

  it('a person still gets a kit without a key', async () => {
    const csr = openSslRequest(newKey(), '/CN=lead@example.org');
    const request = await approved(await submitted(lead, Buffer.from(csr).toString('base64')));
    const kit = await lead('GET', `/requests/${request.id}/kit.zip`);
    expect([kit.status, kit.headers.get('content-type')]).toEqual([200, 'application/zip']);
  });
});

describe('requests of others', () => {
  it('are not there for who may not have the kit', async () => {
    const site = await newSite();
    const request = await submitted(orgAdmin, await requestZip(newKey(), site));
    const other = await backend.user(`other${count}@example.org`, 'org_admin', 'clinic', 100);
    for (const [method, route] of [
      ['GET', `/requests/${request.id}`],
      ['GET', `/requests/${request.id}/signed.zip`],
    ] as const) {
      expect([route, (await other(method, route)).status]).toEqual([route, 404]);
    }
    expect((await approve(request, other)).status).toBe(403);
    expect((await approve(request, orgAdmin)).status).toBe(403);
    expect((await submit(other, await requestZip(newKey(), site))).status).toBe(403);
    expect(List.parse((await other('GET', '/requests')).json)).toEqual({ requests: [], total: 0 });
    const own = List.parse((await orgAdmin('GET', '/requests')).json).requests;
    expect(own.map(({ id }) => id)).toContain(request.id);
  });
});
