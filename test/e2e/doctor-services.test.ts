import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import {
  CLIENT,
  makeProviderPair,
  startIdentityProvider,
  type ProviderPair,
} from '../support/identity-provider.ts';
import { startMailSink, type MailSink } from '../support/mail-sink.ts';
import { dashboard, type Ended } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTE = 60_000;
const SECRET = 'canary-Wd4Hn9-only-for-this-test';
const PUBLIC_URL = 'https://flare.example.org';

const Examined = z.object({ findings: z.array(z.object({ check: z.string(), level: z.string() })) });

let folder: ReturnType<typeof makeFolder>;
let pair: ProviderPair;
let sink: MailSink;
let issuer = '';
let stopProvider: () => Promise<void>;

beforeAll(async () => {
  pair = makeProviderPair();
  sink = await startMailSink({
    login: { user: 'flare', password: SECRET },
    tls: { key: pair.key, cert: pair.cert },
  });
  const port = await freePort();
  const dashboards = [PUBLIC_URL];
  ({ issuer, stop: stopProvider } = await startIdentityProvider({ port, pair, dashboards, people: {} }));
}, MINUTE);
afterAll(async () => {
  await stopProvider();
  await sink.close();
  pair.remove();
});
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  folder.remove();
});

const write = (name: string, text: string): string => {
  writeFileSync(join(folder.path, name), text);
  return name;
};

/** Settings whose relative files lie in the project folder. */
const settings = (clientSecret: string): readonly string[] =>
  Object.entries({
    NVFL_SMTP_URL: `smtp://flare@localhost:${sink.port}`,
    NVFL_SMTP_PASSWORD_FILE: write('smtp-password', SECRET),
    NVFL_SMTP_CA_FILE: pair.file,
    NVFL_MAIL_FROM: 'dashboard@example.org',
    NVFL_PUBLIC_URL: PUBLIC_URL,
    NVFL_OIDC_ISSUER: issuer,
    NVFL_OIDC_CLIENT_ID: CLIENT.id,
    NVFL_OIDC_CLIENT_SECRET_FILE: write('client-secret', clientSecret),
    NVFL_OIDC_CA_FILE: pair.file,
  }).map(([name, value]) => `${name}=${value}`);

const doctor = async (...more: readonly string[]): Promise<Ended> =>
  dashboard(['doctor', '--json', '-p', String(await freePort()), ...more], { cwd: folder.path });

/** What the doctor says of services, as `check: level`. */
const services = ({ stdout }: Ended): readonly string[] =>
  Examined.parse(JSON.parse(stdout))
    .findings.map(({ check, level }) => `${check}: ${level}`)
    .filter((line) => /^(mail|identity|sso|services)/.test(line));

const ALL_WELL = [
  'mail server: ok',
  'identity provider: ok',
  'sso client: ok',
  'sso redirect: ok',
  'sso clock: ok',
];

test('looks at the services of the settings file before a start, and never shows a secret', async () => {
  const env = settings(`${SECRET}-wrong`).map((line) => `  ${line.replace('=', ': ')}`);
  writeFileSync(join(folder.path, 'dashboard.yaml'), ['local: true', 'env:', ...env, ''].join('\n'));
  const ended = await doctor();
  expect([ended.exitCode, services(ended)]).toEqual([
    1,
    ALL_WELL.map((line) => line.replace('client: ok', 'client: fail')),
  ]);
  expect(ended.stdout + ended.stderr).not.toContain(SECRET);
});

test(
  'looks at the services of a running process',
  async () => {
    const variables = settings(CLIENT.secret).flatMap((variable) => ['-e', variable]);
    const credential = ['--cred', 'admin@example.org:Amber-Lantern-3:org'];
    const start = ['start', '--local', '-p', String(await freePort()), ...credential, ...variables];
    expect((await dashboard(start, { cwd: folder.path })).exitCode).toBe(0);
    const ended = await doctor('--local');
    expect((await dashboard(['stop', '--local'], { cwd: folder.path })).exitCode).toBe(0);
    expect([ended.exitCode, services(ended)]).toEqual([0, ALL_WELL]);
  },
  MINUTE,
);
