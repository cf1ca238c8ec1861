import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { z } from 'zod';
import { pngOf } from '../support/picture.ts';
import { startBackend, type Backend } from './backend.ts';

const PASSWORD = 'blue-tractor-91';
const Project = z.object({ project: z.record(z.string(), z.unknown()) });

let backend: Backend;
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
}, 60_000);
afterAll(() => backend.close());

const set = (patch: object) => backend.admin('PATCH', '/project', patch);
const seen = async () => Project.parse((await backend.stranger('GET', '/project')).json).project;
const signUp = (body: object = {}) => {
  count += 1;
  return backend.stranger('POST', '/users', {
    email: `person-${count}@clinic.org`,
    password: PASSWORD,
    organization: 'clinic',
    role: 'member',
    ...body,
  });
};
const putLogo = (bytes: Buffer) =>
  backend.admin('PUT', '/project/logo', { content: bytes.toString('base64') });

test('a new project has the newest release and strong keys', async () => {
  const { json } = await backend.admin('GET', '/project');
  expect(json['project']).toMatchObject({
    target_release: '2.9',
    target_release_origin: 'chosen',
    key_bits: 3072,
  });
});

describe('contact, privacy notice and color', () => {
  it('are shown to everybody, also while the project is closed', async () => {
    const face = {
      contact: 'Trial office, office@clinic.org',
      privacy_notice: 'We keep names.\nAsk us: https://clinic.org/privacy',
      color: '#175e54',
    };
    expect((await set({ ...face, title: 'Lung' })).status).toBe(200);
    expect(await seen()).toMatchObject({ ...face, title: '' });
    expect((await set({ contact: '', privacy_notice: '' })).status).toBe(200);
    expect(await seen()).toMatchObject({ contact: '', privacy_notice: '' });
  });

  it.each([
    [{ color: '#ffd700' }, 'color', 'low_contrast'],
    [{ color: 'red' }, 'color', undefined],
    [{ color: '#17565g' }, 'color', undefined],
    [{ color: 'url(x)' }, 'color', undefined],
    [{ contact: 'a\u202Eb' }, 'contact', 'control_characters'],
    [{ privacy_notice: 'a\u0000b' }, 'privacy_notice', 'control_characters'],
    [{ terms: 'x'.repeat(16_385), terms_version: '1' }, 'terms', undefined],
    [{ sign_up_domains: ['not a domain'] }, 'sign_up_domains.0', undefined],
    [{ sign_up: 'domain' }, 'sign_up_domains', 'missing'],
  ])('refuses %j', async (patch, path, code) => {
    const { status, json } = await set(patch);
    expect([status, json['fields']]).toEqual([400, [expect.objectContaining({ path })]]);
    expect(z.array(z.object({ code: z.string().optional() })).parse(json['fields'])[0]?.code).toBe(code);
  });
});

describe('the logo', () => {
  it('is a picture of its own type, under a policy that runs nothing', async () => {
    const picture = pngOf(40, 20);
    expect((await putLogo(picture)).status).toBe(200);
    const { status, headers, bytes } = await backend.stranger('GET', '/project/logo');
    expect([status, headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
      200,
      'image/png',
      'nosniff',
    ]);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(bytes.equals(picture)).toBe(true);
    const { logo } = await seen();
    await putLogo(pngOf(41, 20));
    expect((await seen())['logo']).not.toBe(logo);
    expect((await backend.admin('DELETE', '/project/logo')).status).toBe(200);
    expect([(await seen())['logo'], (await backend.stranger('GET', '/project/logo')).status]).toEqual([
      '',
      404,
    ]);
  });

  it.each([
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['GIF', Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')],
    ['a picture cut off', pngOf(4, 4).subarray(0, 12)],
    ['an empty JPEG', Buffer.from([0xff, 0xd8, 0xff])],
    ['a picture of many pixels in few bytes', pngOf(2049, 16)],
    ['a large file', Buffer.concat([pngOf(4, 4), Buffer.alloc(65_536)])],
  ])('is not %s', async (_what, bytes) => {
    expect((await putLogo(bytes)).status).toBe(400);
    expect((await seen())['logo']).toBe('');
  });
});

describe('the terms', () => {
  const terms = { terms: 'Use the data for research only.', terms_version: '2026-11' };

  it('are accepted at the sign-up, in their version', async () => {
    expect((await set({ ...terms, public: true })).status).toBe(200);
    for (const accepted_terms of [undefined, '', '2025-01']) {
      expect((await signUp({ accepted_terms })).json).toMatchObject({
        fields: [{ path: 'accepted_terms', code: 'terms_not_accepted' }],
      });
    }
    const { status, json } = await signUp({ accepted_terms: terms.terms_version });
    expect([status, json['user']]).toEqual([201, expect.objectContaining({ terms_version: '2026-11' })]);
    const { user } = z.object({ user: z.object({ terms_accepted_at: z.string() }) }).parse(json);
    expect(Date.now() - Date.parse(user.terms_accepted_at)).toBeLessThan(60_000);
  });

  it('need a version, and another one when they change', async () => {
    expect((await set({ terms_version: '' })).json).toMatchObject({ fields: [{ code: 'missing' }] });
    expect((await set({ terms: 'Other terms' })).json).toMatchObject({ fields: [{ code: 'same_version' }] });
    expect((await set({ terms: 'Other terms', terms_version: '2026-12' })).status).toBe(200);
  });

  it('are accepted later by whoever signed up with others, once and in force', async () => {
    const person = await backend.user('earlier@clinic.org', 'lead', 'clinic', 100);
    expect((await person('POST', '/terms', { version: '2026-11' })).status).toBe(409);
    expect((await person('POST', '/terms', { version: '2026-12' })).json['user']).toMatchObject({
      terms_version: '2026-12',
    });
    expect((await person('GET', '/me/export')).json['user']).toMatchObject({ terms_version: '2026-12' });
    expect((await set({ terms: '', terms_version: '' })).status).toBe(200);
    expect((await person('POST', '/terms', { version: '2026-12' })).status).toBe(409);
  });
});

describe('sign-up modes', () => {
  const invite = async (email: string): Promise<unknown> => {
    const body = { emails: [email], organization: 'clinic', role: 'member' };
    const { json } = await backend.admin('POST', '/invitations', body);
    return z.array(z.object({ token: z.string() })).parse(json['invitations'])[0]?.token;
  };

  it('closed refuses the invited, too', async () => {
    expect((await set({ sign_up: 'closed' })).status).toBe(200);
    const email = 'invited@clinic.org';
    const invitation = await invite(email);
    expect((await signUp({ email, invitation })).status).toBe(403);
    expect((await set({ sign_up: 'invitation' })).status).toBe(200);
    expect((await signUp()).status).toBe(403);
    expect((await signUp({ email, invitation })).status).toBe(201);
  });

  it('by domain takes its e-mails, no subdomain and no similar one', async () => {
    expect((await set({ sign_up: 'domain', sign_up_domains: ['Clinic.org', 'ukb.de'] })).status).toBe(200);
    expect(await seen()).toMatchObject({
      public: true,
      sign_up: 'domain',
      sign_up_domains: ['clinic.org', 'ukb.de'],
    });
    expect((await signUp({ email: 'one@CLINIC.org' })).status).toBe(201);
    for (const email of ['a@x.clinic.org', 'a@myclinic.org', 'a@clinic.org.evil.org']) {
      expect((await signUp({ email })).json).toMatchObject({ fields: [{ code: 'domain_not_allowed' }] });
    }
  });

  it('follow what older API clients say of public', async () => {
    await set({ public: false });
    expect(await seen()).toMatchObject({ public: false, sign_up: 'invitation', sign_up_domains: [] });
    await set({ public: true });
    expect(await seen()).toMatchObject({ public: true, sign_up: 'domain' });
    await set({ sign_up: 'open', public: false });
    expect(await seen()).toMatchObject({ public: true, sign_up: 'open' });
  });
});

describe('a frozen project', () => {
  it('still changes its face and who may sign up', async () => {
    await set({ short_name: 'lung', server1: 'fl.example.org' });
    expect((await set({ frozen: true })).status).toBe(200);
    const face = {
      title: 'Lung',
      contact: 'x',
      color: '#0b3d91',
      sign_up: 'closed',
      terms: 'T',
      terms_version: '3',
    };
    expect((await set(face)).status).toBe(200);
    expect((await putLogo(pngOf(2, 2))).status).toBe(200);
  }, 30_000);
});
