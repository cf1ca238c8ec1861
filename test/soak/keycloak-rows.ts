import { z } from 'zod';
import type { OidcSettings } from '../../src/backend/context/config.ts';
import { checkProvider } from '../../src/backend/sso/check-provider.ts';
import { ADMIN, PASSWORD as ADMIN_PASSWORD, startBackend, type Backend } from '../api/backend.ts';
import { freePort } from '../support/free-port.ts';
import { FormBrowser, type Reached as Page } from '../support/form-browser.ts';
import { CLIENT, PASSWORD, startKeycloak, whyNoKeycloak, type Keycloak } from './keycloak.ts';
import type { Reached, Row, Say } from './row.ts';

const Location = z.object({ location: z.string() });
const Me = z.object({
  user: z.object({ email: z.string(), role: z.string(), organization: z.string() }),
});

const settingsOf = ({ issuer, ca }: Keycloak, clientSecret: string): OidcSettings => ({
  issuer,
  clientId: CLIENT.id,
  clientSecret,
  ca,
  roleClaim: 'roles',
  roles: [['fl-lead', 'lead']],
  organizationClaim: 'org',
  domains: ['example.org'],
  approves: true,
  secondFactor: [],
});

const begin = async (browser: FormBrowser, { url }: Backend): Promise<Page> => {
  const { json } = await browser.call('POST', `${url}/api/v1/login/sso`, {});
  return browser.visit(Location.parse(json).location);
};

const enter = async (browser: FormBrowser, backend: Backend, username: string): Promise<Page> => {
  const form = await begin(browser, backend);
  return browser.submit(form, { username, password: PASSWORD, credentialId: '' });
};

const endOf = ({ url }: Page): string => `${url.origin}${url.pathname}?${url.searchParams.get('sso') ?? ''}`;

/** Collects what does not hold. */
class Wrong {
  readonly found: string[] = [];

  expect(what: string, actual: unknown, expected: unknown): void {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      this.found.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
    }
  }
}

const logInAndOut = async (wrong: Wrong, keycloak: Keycloak, backend: Backend): Promise<void> => {
  const browser = new FormBrowser(keycloak.ca);
  wrong.expect('log-in', endOf(await enter(browser, backend, 'ann')), `${backend.url}/?ok`);
  const me = await browser.call('GET', `${backend.url}/api/v1/me`);
  const ann = { email: 'ann@example.org', role: 'lead', organization: 'clinic' };
  wrong.expect('claims of a lead', Me.safeParse(me.json).data?.user, ann);
  const other = new FormBrowser(keycloak.ca);
  await enter(other, backend, 'bob');
  const bob = await other.call('GET', `${backend.url}/api/v1/me`);
  wrong.expect('role without a group', Me.safeParse(bob.json).data?.user.role, '');
  const out = await browser.call('POST', `${backend.url}/api/v1/logout`);
  const left = await browser.visit(Location.parse(out.json).location);
  wrong.expect('address after the log-out', left.url.href, `${backend.url}/`);
  const again = await begin(browser, backend);
  wrong.expect('Keycloak asks for the password again', again.text.includes('kc-form-login'), true);
};

const checksOf = async (keycloak: Keycloak, secret: string, publicUrl: string): Promise<readonly string[]> =>
  (await checkProvider(settingsOf(keycloak, secret), publicUrl, () => new Date())).map(
    ({ check, level }) => `${check}: ${level}`,
  );

/** Goes through the code flow with a real Keycloak. @returns what went wrong */
const walk = async (say: Say): Promise<readonly string[]> => {
  const wrong = new Wrong();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  say('Keycloak starts …');
  const keycloak = await startKeycloak([url]);
  let isUp = true;
  const backends: Backend[] = [];
  const open = async (secret: string): Promise<Backend> => {
    await backends.at(-1)?.close();
    const backend = await startBackend({ oidc: settingsOf(keycloak, secret), port });
    backends.push(backend);
    await backend.admin('PATCH', '/project', { public: true });
    return backend;
  };
  try {
    say('log-in, claims, log-out');
    await logInAndOut(wrong, keycloak, await open(CLIENT.secret));
    // Keycloak sends no Date, so nothing is said of the clocks.
    const well = ['identity provider: ok', 'sso client: ok', 'sso redirect: ok'];
    wrong.expect('doctor', await checksOf(keycloak, CLIENT.secret, url), well);
    say('a wrong client secret');
    const refused = await enter(new FormBrowser(keycloak.ca), await open('wrong'), 'ann');
    wrong.expect('log-in with a wrong client secret', endOf(refused), `${url}/?failed`);
    const clientFails = well.map((line) => line.replace('client: ok', 'client: fail'));
    wrong.expect('doctor with a wrong secret', await checksOf(keycloak, 'wrong', url), clientFails);
    wrong.expect(
      'doctor with another redirect URI',
      (await checksOf(keycloak, CLIENT.secret, 'https://elsewhere.example.org')).includes(
        'sso redirect: fail',
      ),
      true,
    );
    say('Keycloak is down');
    await keycloak.stop();
    isUp = false;
    const late = await open(CLIENT.secret);
    wrong.expect(
      'log-in at a provider that is down',
      (await late.stranger('POST', '/login/sso', {})).status,
      503,
    );
    const local = { email: ADMIN, password: ADMIN_PASSWORD };
    wrong.expect('password meanwhile', (await late.stranger('POST', '/login', local)).status, 200);
  } finally {
    await backends.at(-1)?.close();
    if (isUp) {
      await keycloak.stop();
    }
  }
  return wrong.found;
};

const measure = async (say: Say): Promise<Reached> => {
  const reason = await whyNoKeycloak();
  if (reason !== undefined) {
    return { figure: `not measured: ${reason}`, met: false, skipped: true };
  }
  const wrong = await walk(say);
  return { figure: wrong.length === 0 ? 'all of it' : wrong.join('; '), met: wrong.length === 0 };
};

export const KEYCLOAK_ROWS: readonly Row[] = [
  {
    area: 'single sign-on',
    promise:
      'Keycloak: log-in, role and organization from claims, log-out there, wrong client secret, provider down',
    figure: 'all of it',
    shown: { name: 'keycloak', measure },
  },
];
