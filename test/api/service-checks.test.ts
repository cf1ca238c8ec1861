import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkProvider } from '../../src/backend/sso/check-provider.ts';
import { checkServices } from '../../src/backend/start/check-services.ts';
import { readOidc } from '../../src/backend/start/read-oidc.ts';
import { freePort } from '../support/free-port.ts';
import {
  CLIENT,
  makeProviderPair,
  startIdentityProvider,
  type ProviderPair,
} from '../support/identity-provider.ts';
import { startMailSink, type MailSink } from '../support/mail-sink.ts';
import { startPostfix, type Postfix } from '../support/postfix.ts';

const MINUTE = 60_000;
const SECRET = 'canary-Wd4Hn9-only-for-this-test';
const PUBLIC_URL = 'https://flare.example.org/below';

let folder: string;
let pair: ProviderPair;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'service-checks-'));
  pair = makeProviderPair();
});
afterAll(() => {
  pair.remove();
  rmSync(folder, { recursive: true });
});

const services = (settings: Readonly<Record<string, string>>) => checkServices(settings, folder);

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('says nothing of services that are not configured', async () => {
  expect(await services({ NVFL_PUBLIC_URL: PUBLIC_URL })).toEqual([]);
});

describe('a mail server', () => {
  let postfix: Postfix;
  let sink: MailSink;
  beforeAll(async () => {
    postfix = await startPostfix(['ann@clinic.org']);
    sink = await startMailSink({ login: { user: 'flare', password: SECRET } });
  }, MINUTE);
  afterAll(async () => {
    await sink.close();
    await postfix.stop();
  });
  const mail = (url: string, more: Readonly<Record<string, string>> = {}) =>
    services({
      NVFL_SMTP_URL: url,
      NVFL_MAIL_FROM: 'dashboard@example.org',
      NVFL_PUBLIC_URL: PUBLIC_URL,
      ...more,
    });
  const secured = () => `smtp://localhost:${postfix.port}`;

  test('is fine where it responds over a trusted certificate', async () => {
    expect(await mail(secured(), { NVFL_SMTP_CA_FILE: write('ca.pem', postfix.cert) })).toEqual([
      {
        check: 'mail server',
        level: 'ok',
        text: `localhost:${postfix.port} responds over TLS; no log-in is configured`,
      },
    ]);
  });

  test('fails with an untrusted certificate, and names the variable that mends it', async () => {
    expect(await mail(secured())).toMatchObject([
      {
        level: 'fail',
        text: expect.stringContaining('certificate'),
        fix: expect.stringContaining('NVFL_SMTP_CA_FILE'),
      },
    ]);
  });

  test('fails where it offers no log-in though one is configured', async () => {
    const url = `smtp://flare@localhost:${postfix.port}`;
    const found = await mail(url, {
      NVFL_SMTP_CA_FILE: write('ca.pem', postfix.cert),
      NVFL_SMTP_PASSWORD_FILE: write('password', SECRET),
    });
    expect(found).toMatchObject([{ level: 'fail', text: expect.stringContaining('flare') }]);
  });

  test.each([
    ['takes the right log-in', SECRET, 'ok', 'takes the log-in of flare'],
    ['refuses a wrong one', `${SECRET}-wrong`, 'fail', 'refuses the log-in of flare'],
  ])('says that it %s, without the secret', async (_what, password, level, text) => {
    const tls = await startMailSink({
      login: { user: 'flare', password: SECRET },
      tls: { key: pair.key, cert: pair.cert },
    });
    const found = await mail(`smtp://flare@localhost:${tls.port}`, {
      NVFL_SMTP_CA_FILE: pair.file,
      NVFL_SMTP_PASSWORD_FILE: write('password', password),
    });
    await tls.close();
    expect(found).toMatchObject([{ level, text: expect.stringContaining(text) }]);
    expect(JSON.stringify(found)).not.toContain(SECRET);
  });

  test('fails where it offers no encryption that is required, or does not respond', async () => {
    const plain = await mail(`smtp://127.0.0.1:${sink.port}`);
    const absent = await mail(`smtp://127.0.0.1:${await freePort()}`);
    const unknown = await mail('smtp://mail.invalid');
    expect([plain, absent, unknown]).toMatchObject([
      [{ level: 'fail', text: expect.stringContaining('STARTTLS') }],
      [{ level: 'fail', text: expect.stringContaining('cannot be reached') }],
      [{ level: 'fail', text: expect.stringContaining('mail.invalid:587 cannot be reached') }],
    ]);
  });

  test('names settings that cannot be used', async () => {
    const found = await mail('smtp://flare@localhost', {
      NVFL_SMTP_PASSWORD_FILE: 'missing',
    });
    expect(found).toMatchObject([
      { check: 'mail server', level: 'fail', text: expect.stringContaining('NVFL_SMTP_PASSWORD_FILE') },
    ]);
  });
});

describe('an identity provider', () => {
  let port: number;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    port = await freePort();
    ({ stop } = await startIdentityProvider({ port, pair, dashboards: [PUBLIC_URL], people: {} }));
  }, MINUTE);
  afterAll(() => stop());

  const provider = (more: Readonly<Record<string, string>> = {}) =>
    services({
      NVFL_OIDC_ISSUER: `https://127.0.0.1:${port}`,
      NVFL_OIDC_CLIENT_ID: CLIENT.id,
      NVFL_OIDC_CLIENT_SECRET_FILE: write('secret', CLIENT.secret),
      NVFL_OIDC_CA_FILE: pair.file,
      NVFL_PUBLIC_URL: PUBLIC_URL,
      ...more,
    });
  const levels = (found: Awaited<ReturnType<typeof services>>) =>
    found.map(({ check, level }) => [check, level]);

  test('is fine where it takes client, secret and redirect URI', async () => {
    expect(levels(await provider())).toEqual([
      ['identity provider', 'ok'],
      ['sso client', 'ok'],
      ['sso redirect', 'ok'],
      ['sso clock', 'ok'],
    ]);
  });

  test('fails with a wrong secret, which is not shown', async () => {
    const found = await provider({ NVFL_OIDC_CLIENT_SECRET_FILE: write('wrong', SECRET) });
    expect(found).toContainEqual({
      check: 'sso client',
      level: 'fail',
      text: expect.stringContaining('invalid_client'),
      fix: expect.stringContaining('NVFL_OIDC_CLIENT_SECRET_FILE'),
    });
    expect(JSON.stringify(found)).not.toContain(SECRET);
  });

  test('fails with a client it does not know', async () => {
    expect(levels(await provider({ NVFL_OIDC_CLIENT_ID: 'somebody' }))).toContainEqual([
      'sso client',
      'fail',
    ]);
  });

  test('fails with a redirect URI that is not registered, and says which', async () => {
    const found = await provider({ NVFL_PUBLIC_URL: 'https://elsewhere.example.org' });
    expect(found).toContainEqual(
      expect.objectContaining({
        check: 'sso redirect',
        level: 'fail',
        text: expect.stringContaining('https://elsewhere.example.org/api/v1/login/sso/callback'),
      }),
    );
  });

  test.each([
    ['an untrusted certificate', { NVFL_OIDC_CA_FILE: '' }, /certificate/, /NVFL_OIDC_CA_FILE/],
    [
      'another issuer',
      (at: number) => ({ NVFL_OIDC_ISSUER: `https://localhost:${at}` }),
      /127\.0\.0\.1/,
      /letter by letter/,
    ],
    [
      'no discovery document',
      (at: number) => ({ NVFL_OIDC_ISSUER: `https://127.0.0.1:${at}/realms/none` }),
      /discovery/,
      /Keycloak/,
    ],
    ['nothing that listens', { NVFL_OIDC_ISSUER: 'https://127.0.0.1:9' }, /cannot be reached/, /firewalls/],
    ['an unknown host', { NVFL_OIDC_ISSUER: 'https://id.invalid' }, /cannot be reached/, /resolution/],
    ['an issuer that is no address', { NVFL_OIDC_ISSUER: 'nonsense' }, /NVFL_OIDC_ISSUER/, /Correct/],
  ])('fails with %s, and says what to do', async (_what, change, text, fix) => {
    expect(await provider(typeof change === 'function' ? change(port) : change)).toEqual([
      {
        check: 'identity provider',
        level: 'fail',
        text: expect.stringMatching(text),
        fix: expect.stringMatching(fix),
      },
    ]);
  });

  test.each([
    ['fails where the clocks differ by more than a minute', 90_000, 'fail', /^this clock is 9\d s ahead of/],
    ['fails where this clock is late', -90_000, 'fail', /^this clock is (89|9\d) s behind/],
    ['takes half a minute for none', 30_000, 'ok', /30|31/],
  ])('%s', async (_what, ms, level, text) => {
    const oidc = readOidc((name) =>
      new Map([
        ['NVFL_OIDC_ISSUER', `https://127.0.0.1:${port}`],
        ['NVFL_OIDC_CLIENT_ID', CLIENT.id],
        ['NVFL_OIDC_CA_FILE', pair.file],
      ]).get(name),
    );
    const found = await Promise.all(
      [oidc]
        .filter((settings) => settings !== undefined)
        .map((settings) => checkProvider(settings, undefined, () => new Date(Date.now() + ms))),
    );
    expect(found.flat()).toContainEqual(
      expect.objectContaining({ check: 'sso clock', level, text: expect.stringMatching(text) }),
    );
  });
});
