import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { EnrolmentTokenView, EnrolmentView } from '../../src/contract/api/enrolment.ts';
import { RequestView } from '../../src/contract/api/requests.ts';
import { newKey, openSslRequest, requestZip } from '../support/certificate-request.ts';
import { zipNames } from '../support/zip-entries.ts';
import type { Reply } from './backend.ts';
import {
  approve,
  backend,
  lead,
  newSite,
  orgAdmin,
  PROJECT,
  startStudy,
  stopStudy,
  submitted,
} from './request-study.ts';

const DAY_MS = 86_400_000;
const Tokens = z.object({ enrolment_tokens: z.array(EnrolmentTokenView) });
const NewToken = z.object({ enrolment_token: EnrolmentTokenView, token: z.string() });
const Enrolled = z.object({ enrolment: EnrolmentView });
const Requests = z.object({ requests: z.array(RequestView) });
const Sites = z.object({
  client_list: z.array(
    z.object({ id: z.number(), name: z.string(), organization: z.string(), approval_state: z.number() }),
  ),
});
const Rows = z.object({
  audit: z.array(z.object({ actor: z.string(), action: z.string(), target: z.string() })),
});
const Ledger = z.object({ kits: z.array(z.object({ requested_by: z.string(), key_origin: z.string() })) });

let clock = new Date();
beforeAll(() => startStudy({ root_valid_days: 400 }, () => clock), 60_000);
afterAll(stopStudy);

let names = 0;
const newToken = async (more: object = {}): Promise<z.infer<typeof NewToken>> => {
  names += 1;
  const body = {
    name: `token ${names}`,
    organization: 'hospital',
    name_pattern: 'ward-*',
    approval: 'at_once',
    ...more,
  };
  const response = await backend.admin('POST', '/enrolment-tokens', body);
  expect([response.status, response.json['message']]).toEqual([201, undefined]);
  return NewToken.parse(response.json);
};

const csrOf = (key: KeyObject, name: string): string =>
  Buffer.from(openSslRequest(key, `/CN=${name}`)).toString('base64');
const enrolWith = (token: string, request: string): Promise<Reply> =>
  backend.as(token)('POST', '/enrolments', { request });
const enrolled = async (token: string, request: string): Promise<EnrolmentView> =>
  Enrolled.parse((await enrolWith(token, request)).json).enrolment;
const stateOf = async (id: string): Promise<EnrolmentTokenView | undefined> =>
  Tokens.parse((await backend.admin('GET', '/enrolment-tokens')).json).enrolment_tokens.find(
    (one) => one.id === id,
  );
const sitesNamed = async (name: string) =>
  Sites.parse((await backend.admin('GET', `/clients?q=${name}`)).json).client_list;
const auditOf = async (target: string) =>
  Rows.parse((await backend.admin('GET', `/audit?target=${encodeURIComponent(target)}`)).json).audit.map(
    ({ actor, action }) => `${actor} ${action}`,
  );
const messageOf = ({ status, json }: Reply) => [status, json['message']];

describe('an enrolment token', () => {
  it('is shown once and listed with its uses, without the secret', async () => {
    const { token, enrolment_token: view } = await newToken({ uses: 3 });
    const before = await backend.admin('GET', '/enrolment-tokens');
    expect(JSON.stringify(before.json)).not.toContain(token.slice(-43));
    expect(view).toMatchObject({ uses: 0, max_uses: 3, last_used_at: null, state: 'usable' });
    await enrolled(token, csrOf(newKey(), 'ward-listed'));
    const after = await stateOf(view.id);
    expect(after).toMatchObject({ uses: 1, state: 'usable' });
    expect(after?.last_used_at).toMatch(/GMT$/);
    expect(await auditOf(`enrolment_token:${view.name}`)).toContain(
      'admin@example.org enrolment_token.create',
    );
  });

  it('is created, listed and ended by project admins only', async () => {
    const { enrolment_token: view } = await newToken();
    for (const ask of [orgAdmin, lead, backend.stranger]) {
      const replies = [
        await ask('POST', '/enrolment-tokens', { name: 'x', organization: 'hospital', name_pattern: '*' }),
        await ask('GET', '/enrolment-tokens'),
        await ask('DELETE', `/enrolment-tokens/${view.id}`),
      ];
      const expected = ask === backend.stranger ? 401 : 403;
      expect(replies.map(({ status }) => status)).toEqual([expected, expected, expected]);
    }
  });

  it.each([
    ['name_pattern', 'site.1'],
    ['name_pattern', 'a b'],
    ['name_pattern', 'x'.repeat(65)],
    ['organization', 'two words'],
    ['organization', ''],
    ['name', ''],
    ['name', 'a\nb'],
    ['uses', 0],
    ['uses', 1001],
    ['expires_in_days', 0],
    ['expires_in_days', 367],
    ['approval', 'never'],
  ])('is not created with the %s %j', async (field, value) => {
    const body = { name: 'refused', organization: 'hospital', name_pattern: 'ward-*', [field]: value };
    const response = await backend.admin('POST', '/enrolment-tokens', body);
    expect(response.status).toBe(400);
    expect(z.array(z.object({ path: z.string() })).parse(response.json['fields'])[0]?.path).toBe(field);
  });

  it('has a name of its own', async () => {
    const { enrolment_token: view } = await newToken();
    const body = { name: view.name.toUpperCase(), organization: 'hospital', name_pattern: '*' };
    expect((await backend.admin('POST', '/enrolment-tokens', body)).status).toBe(409);
  });

  it('enrols exactly as many sites as it has uses, however many come at once', async () => {
    const { token, enrolment_token: view } = await newToken({ uses: 20, name_pattern: 'crowd-*' });
    const requests = Array.from({ length: 21 }, (_, at) => csrOf(newKey(), `crowd-${at}`));
    const replies = await Promise.all(requests.map((request) => enrolWith(token, request)));
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(20);
    const [refused] = replies.filter(({ status }) => status !== 201);
    expect([refused?.status, refused?.json['message']]).toEqual([
      403,
      'All 20 uses of the enrolment token are used up. Ask the project admin for another one.',
    ]);
    expect(await stateOf(view.id)).toMatchObject({ uses: 20, state: 'used_up' });
    expect(await sitesNamed('crowd-')).toHaveLength(20);
  }, 60_000);

  it('enrols nothing once it is ended, and tells nothing either', async () => {
    const { token, enrolment_token: view } = await newToken({ approval: 'pending', uses: 2 });
    const waiting = await enrolled(token, csrOf(newKey(), 'ward-ended'));
    expect((await backend.admin('DELETE', `/enrolment-tokens/${view.id}`)).status).toBe(200);
    const replies = [
      await enrolWith(token, csrOf(newKey(), 'ward-late')),
      await backend.as(token)('GET', `/enrolments/${waiting.id}`),
      await backend.as(token)('GET', `/enrolments/${waiting.id}/kit.zip`),
    ];
    expect(replies.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(await stateOf(view.id)).toMatchObject({ state: 'ended' });
    expect((await backend.admin('DELETE', '/enrolment-tokens/unknown')).status).toBe(404);
  });

  it('enrols nothing once it has expired, but still tells how far an enrolment is', async () => {
    const { token } = await newToken({ approval: 'pending', uses: 2, expires_in_days: 1 });
    const waiting = await enrolled(token, csrOf(newKey(), 'ward-expired'));
    clock = new Date(Date.now() + 2 * DAY_MS);
    const late = await enrolWith(token, csrOf(newKey(), 'ward-later'));
    const still = await backend.as(token)('GET', `/enrolments/${waiting.id}`);
    clock = new Date();
    expect(messageOf(late)).toEqual([
      403,
      'The enrolment token has expired. Ask the project admin for another one.',
    ]);
    expect(still.status).toBe(200);
  });

  it.each(['', 'x', `nvfe_${'a'.repeat(16)}_${'b'.repeat(43)}`])('is not replaced by %j', async (token) => {
    expect((await enrolWith(token, csrOf(newKey(), 'ward-stranger'))).status).toBe(401);
  });

  it('is no session and no access token', async () => {
    const { token } = await newToken();
    expect((await backend.as(token)('GET', '/clients')).status).toBe(401);
    expect((await enrolWith(backend.admin.token, csrOf(newKey(), 'ward-session'))).status).toBe(401);
  });

  it('ends with the role of its creator', async () => {
    const other = await backend.user('second@example.org', 'project_admin', 'nvidia', 100);
    const body = { name: 'of the second', organization: 'hospital', name_pattern: '*', approval: 'at_once' };
    const { token } = NewToken.parse((await other('POST', '/enrolment-tokens', body)).json);
    const patch = { role: 'member' };
    expect((await backend.admin('PATCH', `/users/${other.id}`, patch)).status).toBe(200);
    expect((await enrolWith(token, csrOf(newKey(), 'ward-orphan'))).status).toBe(401);
  });
});

describe('an enrolment that is approved at once', () => {
  it('gives the certificate of the key, in the ledger as that of a key at the site', async () => {
    const key = newKey();
    const { token, enrolment_token: view } = await newToken();
    const response = await enrolWith(token, csrOf(key, 'ward-at-once'));
    expect(response.status).toBe(201);
    const { enrolment } = Enrolled.parse(response.json);
    const certificate = new X509Certificate(enrolment.certificate ?? '');
    expect(certificate.publicKey.equals(createPublicKey(key))).toBe(true);
    expect(certificate.checkIssued(new X509Certificate(enrolment.root_certificate))).toBe(true);
    expect(certificate.subject).toBe('CN=ward-at-once\nO=hospital');
    expect(await sitesNamed('ward-at-once')).toMatchObject([
      { organization: 'hospital', approval_state: 100 },
    ]);
    const ledger = Ledger.parse((await backend.admin('GET', '/kits?q=ward-at-once')).json).kits;
    expect(ledger).toEqual([{ requested_by: `enrolment:${view.name}`, key_origin: 'site' }]);
    expect(await auditOf('client:ward-at-once')).toEqual(
      expect.arrayContaining([
        `enrolment:${view.name} client.create`,
        `enrolment:${view.name} request.submit`,
        `enrolment:${view.name} request.approve`,
        `enrolment:${view.name} certificate.issue`,
      ]),
    );
  });

  it('gives a kit without a key', async () => {
    const { token } = await newToken();
    const { id } = await enrolled(token, csrOf(newKey(), 'ward-kit'));
    const kit = await backend.as(token)('GET', `/enrolments/${id}/kit.zip`);
    expect([kit.status, kit.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const names = zipNames(kit.bytes);
    expect(names).toEqual(
      expect.arrayContaining(['startup/client.crt', 'startup/start.sh', 'startup/place-key.sh']),
    );
    expect(names.filter((name) => name.endsWith('.key'))).toEqual([]);
  });

  it('is the same when it is sent again, and uses the token once', async () => {
    const request = csrOf(newKey(), 'ward-again');
    const { token, enrolment_token: view } = await newToken();
    const [first, second, third] = [
      await enrolled(token, request),
      ...(await Promise.all([enrolled(token, request), enrolled(token, request)])),
    ];
    expect([second, third]).toEqual([first, first]);
    expect(await stateOf(view.id)).toMatchObject({ uses: 1 });
  });

  it('takes the request of nvflare cert request as well', async () => {
    const { token } = await newToken();
    const zip = await requestZip(newKey(), {
      project: PROJECT,
      name: 'ward-zip',
      org: 'hospital',
      kind: 'site',
      certType: 'client',
    });
    expect(await enrolled(token, zip)).toMatchObject({ state: 'approved', name: 'ward-zip' });
  });

  it('takes a site that was registered in advance and has no certificate yet', async () => {
    const site = await newSite();
    const { token } = await newToken({ name_pattern: 'site-*' });
    expect(await enrolled(token, csrOf(newKey(), site.name))).toMatchObject({ state: 'approved' });
    expect(await sitesNamed(site.name)).toMatchObject([{ id: site.id }]);
  });
});

describe('an enrolment that waits', () => {
  it('is approved with its site in one step', async () => {
    const { token } = await newToken({ approval: 'pending' });
    const response = await enrolWith(token, csrOf(newKey(), 'ward-waiting'));
    const { enrolment } = Enrolled.parse(response.json);
    expect([response.status, enrolment.state, enrolment.certificate]).toEqual([202, 'pending', undefined]);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(response.headers.get('location')).toBe(`/api/v1/enrolments/${enrolment.id}`);
    const early = await backend.as(token)('GET', `/enrolments/${enrolment.id}/kit.zip`);
    expect(early.status).toBe(409);
    const { requests } = Requests.parse((await backend.admin('GET', '/requests?state=pending')).json);
    const request = requests.find(({ id }) => id === enrolment.id);
    expect(request?.requested_by).toMatch(/^enrolment:token/);
    expect((await approve(RequestView.parse(request))).status).toBe(200);
    const done = await backend.as(token)('GET', `/enrolments/${enrolment.id}`);
    expect(Enrolled.parse(done.json).enrolment).toMatchObject({
      state: 'approved',
      certificate: expect.stringContaining('BEGIN CERTIFICATE'),
    });
    expect(await sitesNamed('ward-waiting')).toMatchObject([{ approval_state: 100 }]);
    expect((await backend.as(token)('GET', `/enrolments/${enrolment.id}/kit.zip`)).status).toBe(200);
  });

  it('learns why it was rejected, and its site is denied', async () => {
    const { token } = await newToken({ approval: 'pending' });
    const waiting = await enrolled(token, csrOf(newKey(), 'ward-rejected'));
    const { requests } = Requests.parse((await backend.admin('GET', '/requests?state=pending')).json);
    const { version } = RequestView.parse(requests.find(({ id }) => id === waiting.id));
    const rejection = { version, reason: 'not ours' };
    expect((await backend.admin('POST', `/requests/${waiting.id}/reject`, rejection)).status).toBe(200);
    const state = await backend.as(token)('GET', `/enrolments/${waiting.id}`);
    expect(Enrolled.parse(state.json).enrolment).toMatchObject({ state: 'rejected', reason: 'not ours' });
    expect(await sitesNamed('ward-rejected')).toMatchObject([{ approval_state: -1 }]);
  });

  it('is shown to its own token only', async () => {
    const { token } = await newToken({ approval: 'pending' });
    const other = await newToken();
    const { id } = await enrolled(token, csrOf(newKey(), 'ward-private'));
    expect((await backend.as(other.token)('GET', `/enrolments/${id}`)).status).toBe(404);
    expect((await backend.stranger('GET', `/enrolments/${id}`)).status).toBe(401);
  });
});

describe('a request with an enrolment token', () => {
  const refused: readonly (readonly [string, () => Promise<string> | string, number, string])[] = [
    ['for another name', () => csrOf(newKey(), 'icu-1'), 400, 'names such as "ward-*"'],
    ['for the server', () => csrOf(newKey(), 'server.example.org'), 400, 'names such as "ward-*"'],
    ['that is none', () => Buffer.from('hello').toString('base64'), 400, ''],
    ['of a name with a dot', () => csrOf(newKey(), 'ward-1.example'), 400, 'may hold letters'],
    [
      'for another organization',
      () => Buffer.from(openSslRequest(newKey(), '/CN=ward-org/O=other')).toString('base64'),
      400,
      'the O in the request',
    ],
    [
      'for a role',
      () => Buffer.from(openSslRequest(newKey(), '/CN=ward-role/unstructuredName=lead')).toString('base64'),
      400,
      'unstructuredName',
    ],
  ];

  it.each(refused)('%s is refused and uses nothing up', async (_what, request, status, message) => {
    const { token, enrolment_token: view } = await newToken();
    const response = await enrolWith(token, await request());
    expect([response.status, String(response.json['message']).toLowerCase()]).toEqual([
      status,
      expect.stringContaining(message.toLowerCase()),
    ]);
    expect(await stateOf(view.id)).toMatchObject({ uses: 0 });
  });

  it('does not take the name of a site in use, of another organization, or one that waits', async () => {
    const { token, enrolment_token: view } = await newToken({ name_pattern: '*', uses: 9 });
    await enrolled(token, csrOf(newKey(), 'ward-used'));
    const site = await newSite();
    await submitted(orgAdmin, csrOf(newKey(), site.name));
    await orgAdmin('POST', '/clients', { name: 'ward-unapproved' });
    const foreign = await newToken({ organization: 'other', name_pattern: '*' });
    const replies = [
      await enrolWith(token, csrOf(newKey(), 'ward-used')),
      await enrolWith(token, csrOf(newKey(), 'WARD-used')),
      await enrolWith(token, csrOf(newKey(), site.name)),
      await enrolWith(token, csrOf(newKey(), 'ward-unapproved')),
      await enrolWith(foreign.token, csrOf(newKey(), 'ward-used')),
    ];
    expect(replies.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409]);
    expect(await stateOf(view.id)).toMatchObject({ uses: 1 });
  });

  it('does not take the key of another site', async () => {
    const key = newKey();
    const { token } = await newToken({ uses: 2 });
    await enrolled(token, csrOf(key, 'ward-key-1'));
    const response = await enrolWith(token, csrOf(key, 'ward-key-2'));
    expect(messageOf(response)).toEqual([400, 'The key belongs to somebody else; generate another key.']);
    expect(await sitesNamed('ward-key-2')).toEqual([]);
  });
});
