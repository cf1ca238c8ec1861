import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { newKey, openSslRequest } from '../support/certificate-request.ts';
import { startWebhookEndpoint } from '../support/webhook-endpoint.ts';
import { freePort } from '../support/free-port.ts';
import { dashboard, type Ended } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTE_MS = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';

const Applied = z.object({ state: z.string(), changes: z.array(z.string()) });
const Users = z.object({ users: z.array(z.object({ email: z.string(), approval_state: z.number() })) });
const Requested = z.object({ request: z.object({ id: z.string(), public_key_sha256: z.string() }) });
const Expiry = z.object({
  expiry: z.object({
    root: z.string(),
    first: z.object({ name: z.string() }),
    soon: z.number(),
    expired: z.number(),
  }),
});
const Findings = z.object({
  findings: z.array(z.object({ check: z.string(), level: z.string(), text: z.string() })),
});
const Reissue = z.object({
  plan: z.object({ version: z.string(), kits: z.array(z.object({ effect: z.string() })) }),
});
const Fetched = z.object({ file: z.string() });
const Kit = z.object({ file: z.string(), pin: z.string(), serial: z.string() });

const project = makeFolder();
const elsewhere = makeFolder();
let url = '';

/** Runs the command as somebody on another host would: another home, only an address. */
const remote = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> => dashboard(args, { cwd: elsewhere.path, environment });

const json = async (args: readonly string[]): Promise<unknown> => {
  const { stdout, stderr, exitCode } = await remote([...args, '--json']);
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

const loginAgain = (): Promise<Ended> =>
  remote(['login', '--url', url, '--ca', join(project.path, 'cert', 'web.crt')], {
    NVFL_CREDENTIAL: `${EMAIL}:${PASSWORD}`,
  });

beforeAll(async () => {
  const cert = join(project.path, 'cert');
  mkdirSync(cert);
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', join(cert, 'web.key'), '-out', join(cert, 'web.crt')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '90', ...subject, ...files],
    {
      stdio: 'pipe',
    },
  );
  const port = await freePort();
  url = `https://localhost:${port}`;
  const started = await dashboard(
    [
      ...['start', '--local', '-p', String(port), '--cred', `${EMAIL}:${PASSWORD}:org`],
      ...['-e', 'NVFL_WEBHOOK_ALLOWED_NETWORKS=127.0.0.0/8'],
    ],
    { cwd: project.path },
  );
  expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  const loggedIn = await loginAgain();
  expect([loggedIn.exitCode, loggedIn.stderr]).toEqual([0, '']);
}, MINUTE_MS);

afterAll(async () => {
  await dashboard(['stop', '--local'], { cwd: project.path });
  project.remove();
  elsewhere.remove();
}, MINUTE_MS);

describe('commands on a dashboard elsewhere', () => {
  it('keep the access token where only its owner can read it, and no password', () => {
    const file = join(elsewhere.path, '.config', 'nvflare-dashboard', 'logins.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(PASSWORD);
  });

  it('refuse a certificate that no known CA signed, and send nothing', async () => {
    const { exitCode, stderr } = await remote(['login', '--url', url, '--cred', `${EMAIL}:${PASSWORD}`], {
      XDG_CONFIG_HOME: join(elsewhere.path, 'empty'),
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('could not be reached');
    expect(stderr).toContain('--ca');
  });

  it('refuse HTTP to another host', async () => {
    const { exitCode, stderr } = await remote(['project', 'get', '--url', 'http://192.0.2.1:8080']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--allow-http');
  });

  it(
    'take a project from nothing to kits, and find nothing to do the second time',
    async () => {
      const file = join(elsewhere.path, 'project.yaml');
      writeFileSync(
        file,
        `project:
  short_name: lung
  server1: fl.example.org
  frozen: true
users:
  - { email: anna@clinic.org, organization: clinic, role: org_admin, state: approved }
  - { email: ben@clinic.org, organization: clinic, role: lead }
sites:
  - { name: clinic-1, organization: clinic, capacity: { num_of_gpus: 2 }, state: approved }
`,
      );
      const planned = await remote(['apply', 'project.yaml', '--check', '--json']);
      expect([planned.exitCode, Applied.parse(JSON.parse(planned.stdout)).state]).toEqual([2, 'differs']);
      const passwords = join(elsewhere.path, 'passwords');
      const applied = Applied.parse(await json(['apply', 'project.yaml', '--passwords', passwords]));
      expect([applied.state, applied.changes.length]).toEqual(['applied', 7]);
      expect(readFileSync(passwords, 'utf8')).toMatch(/^anna@clinic\.org \S{20}\nben@clinic\.org \S{20}\n$/);
      expect(statSync(passwords).mode & 0o777).toBe(0o600);
      expect(Applied.parse(await json(['apply', 'project.yaml'])).state).toBe('unchanged');
      const kit = Kit.parse(await json(['kit', 'get', 'clinic-1']));
      expect(readFileSync(kit.file).subarray(0, 2).toString()).toBe('PK');
      expect(statSync(kit.file).mode & 0o777).toBe(0o600);
    },
    MINUTE_MS,
  );

  it('say why no test e-mail can be sent', async () => {
    const { exitCode, stderr } = await remote(['mail', 'test', 'it@example.org']);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('No mail server is set')]);
    expect((await remote(['mail', 'test', 'nobody'])).exitCode).not.toBe(0);
  });

  it('add and change organizations, which export and apply know', async () => {
    const Organization = z.object({ organization: z.looseObject({ name: z.string() }) });
    const added = await json(['organizations', 'add', 'Klinik Köln', '--contacts', 'it@koeln.example.org']);
    expect(Organization.parse(added).organization).toMatchObject({ name: 'Klinik_Koeln' });
    const change = ['organizations', 'change', 'Klinik_Koeln', '--certificate-name', 'Koeln'];
    expect((await remote(change)).exitCode).toBe(0);
    expect((await remote(['organizations', 'change', 'Koeln'])).exitCode).toBe(2);
    expect((await remote(['organizations', 'list'])).stdout).toMatch(/Koeln +Klinik Köln/);
    const renamed = 'organizations: [{ name: Koeln, display_name: Klinikum Köln }]\n';
    writeFileSync(join(elsewhere.path, 'organizations.yaml'), renamed);
    expect(Applied.parse(await json(['apply', 'organizations.yaml'])).state).toBe('applied');
    expect((await remote(['export'])).stdout).toContain('display_name: Klinikum Köln');
  });

  it('export what apply takes without a change', async () => {
    const { stdout } = await remote(['export']);
    writeFileSync(join(elsewhere.path, 'exported.yaml'), stdout);
    const again = await remote(['apply', 'exported.yaml', '--check', '--json']);
    expect(again.exitCode).toBe(0);
  });

  it('list, add, approve and deny', async () => {
    const added = await remote(['users', 'add', 'cora@clinic.org', '--organization', 'clinic']);
    expect(added.exitCode).toBe(0);
    const pending = Users.parse(await json(['users', 'list', '--pending'])).users.map(({ email }) => email);
    expect(pending).toEqual(['ben@clinic.org', 'cora@clinic.org']);
    expect((await remote(['users', 'approve', 'ben@clinic.org'])).exitCode).toBe(0);
    expect((await remote(['users', 'deny', 'CORA@clinic.org', '--reason', 'left'])).exitCode).toBe(0);
    expect(Users.parse(await json(['users', 'list'])).users).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ email: 'ben@clinic.org', approval_state: 100 }),
        expect.objectContaining({ email: 'cora@clinic.org', approval_state: -1 }),
      ]),
    );
    expect(
      (await remote(['sites', 'add', 'clinic-2', '--organization', 'clinic', '--approve'])).exitCode,
    ).toBe(0);
    expect((await remote(['sites', 'list'])).stdout).toMatch(/clinic-2 +site +clinic +approved/);
  });

  it('carry a request for a key that stays here to its certificate', async () => {
    writeFileSync(join(elsewhere.path, 'clinic-1.csr'), openSslRequest(newKey(), '/CN=clinic-1'));
    const submitted = Requested.parse(await json(['request', 'submit', 'clinic-1.csr'])).request;
    expect((await remote(['request', 'list', '--pending'])).stdout).toContain(submitted.public_key_sha256);
    const other = ['request', 'approve', 'clinic-1', '--fingerprint', '00'.repeat(32)];
    const refused = await remote(other);
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('another fingerprint')]);
    const fingerprint = `SHA256:${submitted.public_key_sha256.toUpperCase().replaceAll(/(..)(?=.)/g, '$1:')}`;
    const approved = await remote(['request', 'approve', 'clinic-1', '--fingerprint', fingerprint]);
    expect([approved.exitCode, approved.stderr]).toEqual([0, '']);
    const { file } = Fetched.parse(await json(['request', 'fetch', submitted.id]));
    expect(new X509Certificate(readFileSync(file)).subject).toBe('CN=clinic-1\nO=clinic');
    const kit = Fetched.parse(await json(['request', 'fetch', submitted.id, '--kit']));
    const members = execFileSync('unzip', ['-Z1', kit.file], { encoding: 'utf8' });
    expect(members).toContain('startup/place-key.sh');
    expect(members).not.toContain('.key\n');
  });

  it('say which kits another port changes, and change them once confirmed', async () => {
    const change = ['reissue', 'fed_learn_port=9123'];
    const { plan } = Reissue.parse(await json(change));
    expect(plan.kits.map(({ effect }) => effect)).toContain('kit');
    const refused = await remote([...change, '--confirm', '0'.repeat(64)]);
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringContaining('since the plan was made'),
    ]);
    const done = await remote([...change, '--confirm', plan.version]);
    expect([done.exitCode, done.stdout]).toEqual([0, expect.stringContaining('needs the next kit')]);
    expect((await remote(['reissue', 'fed_learn_port=9123'])).stdout).toContain('Nothing to do.');
    const listed = await remote(['reissue', '--outdated']);
    expect([listed.exitCode, listed.stdout]).toEqual([0, expect.stringContaining('changed: servers')]);
    const alone = await remote(['reissue', '--outdated', ...change.slice(1)]);
    expect([alone.exitCode, alone.stderr]).toEqual([2, expect.stringContaining('stands alone')]);
    const wrong = await remote(['reissue', 'short_name=other']);
    expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('changes only server1')]);
    const unknown = await remote(['reissue', '--role', 'nobody@example.org=boss']);
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('EMAIL=ROLE')]);
  });

  it('tell another system of events, with a secret from a file', async () => {
    const hook = await startWebhookEndpoint();
    try {
      writeFileSync(join(elsewhere.path, 'endpoint.url'), `${hook.url}\n`);
      const added = await remote([
        'webhooks',
        'add',
        'it',
        '--endpoint-file',
        'endpoint.url',
        '--event',
        'kits.ready',
        '--secret-file',
        'hook.secret',
      ]);
      expect([added.exitCode, added.stderr]).toEqual([0, '']);
      expect(added.stdout).not.toContain('whsec_');
      expect(statSync(join(elsewhere.path, 'hook.secret')).mode & 0o777).toBe(0o600);
      expect(await json(['webhooks', 'test', 'it'])).toMatchObject({ state: 'sent' });
      const [received] = hook.received;
      const secret = readFileSync(join(elsewhere.path, 'hook.secret'), 'utf8').trim();
      const headers = z.record(z.string(), z.string()).parse(received?.headers);
      expect(new Webhook(secret).verify(received?.body ?? '', headers)).toMatchObject({
        type: 'webhook.test',
      });
      expect((await remote(['webhooks', 'log', 'it'])).stdout).toContain('webhook.test');
      expect(await json(['webhooks', 'pause', 'it'])).toMatchObject({ state: 'paused' });
      expect(await json(['webhooks', 'resume', 'it'])).toMatchObject({ state: 'active' });
    } finally {
      await hook.close();
    }
    const failed = await remote(['webhooks', 'test', 'it']);
    expect([failed.exitCode, failed.stdout]).toEqual([1, expect.stringContaining('unreachable')]);
    expect(await json(['webhooks', 'list'])).toMatchObject({ webhooks: [{ name: 'it', failed: 1 }] });
    expect(await json(['webhooks', 'remove', 'it'])).toMatchObject({ state: 'removed' });
    const refused = await remote(['webhooks', 'add', 'it', '--endpoint', 'https://10.0.0.1/']);
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringContaining('NVFL_WEBHOOK_ALLOWED_NETWORKS'),
    ]);
    expect((await remote(['webhooks', 'test', 'nobody'])).stderr).toContain('no webhook nobody');
  });

  it('reject a request with a reason', async () => {
    writeFileSync(join(elsewhere.path, 'again.csr'), openSslRequest(newKey(), '/CN=clinic-1'));
    await json(['request', 'submit', 'again.csr']);
    expect((await remote(['request', 'reject', 'clinic-1', '--reason', 'not asked for'])).exitCode).toBe(0);
    expect((await remote(['request', 'list', '--pending'])).stdout).toBe('None.\n');
  });

  it('create, list and end an enrolment token, which is kept in a file', async () => {
    const words = ['--organization', 'clinic', '--names', 'ward-*', '--uses', '3', '--at-once'];
    const file = join(elsewhere.path, 'token');
    const created = await remote(['enrolment', 'create', 'wards', ...words, '-o', file]);
    const token = readFileSync(file, 'utf8').trim();
    expect([created.exitCode, created.stdout]).toEqual([0, expect.not.stringContaining(token)]);
    expect([token, statSync(file).mode & 0o777]).toEqual([expect.stringMatching(/^nvfe_/), 0o600]);
    const listed = await remote(['enrolment', 'list']);
    expect(listed.stdout).toMatch(/wards +clinic +ward-\* +0 of 3 +usable/);
    expect((await remote(['enrolment', 'end', 'wards'])).exitCode).toBe(0);
    expect((await remote(['enrolment', 'list'])).stdout).toContain('ended');
    expect((await remote(['enrolment', 'end', 'unknown'])).exitCode).not.toBe(0);
  });

  it('never send a private key', async () => {
    const pem = newKey().export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(elsewhere.path, 'clinic-1.key'), pem);
    const { exitCode, stderr } = await remote(['request', 'submit', 'clinic-1.key']);
    expect([exitCode, stderr]).toEqual([expect.any(Number), expect.stringContaining('was not sent')]);
    expect(exitCode).not.toBe(0);
  });

  it('tell when the root CA and the first certificates expire', async () => {
    const here = (...args: readonly string[]): Promise<Ended> =>
      dashboard([...args, '--local', '--json'], { cwd: project.path });
    const before = Expiry.parse(JSON.parse((await here('status')).stdout)).expiry;
    expect(before).toMatchObject({ soon: 0, expired: 0 });
    expect((await remote(['project', 'set', 'leaf_valid_days=5'])).exitCode).toBe(0);
    expect((await remote(['kit', 'get', 'server1'])).exitCode).toBe(0);
    const after = Expiry.parse(JSON.parse((await here('status')).stdout)).expiry;
    expect(after).toMatchObject({ root: before.root, first: { name: 'fl.example.org' }, soon: 1 });
    const { findings } = Findings.parse(JSON.parse((await here('doctor')).stdout));
    expect(findings.find(({ check }) => check === 'participants')).toEqual({
      check: 'participants',
      level: 'warn',
      text: 'one certificate expires within 30 days.',
    });
  });

  it('name what is not there, and change nothing', async () => {
    const { exitCode, stderr } = await remote(['users', 'approve', 'ben@clinic.org', 'nobody@clinic.org']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('There is no user nobody@clinic.org');
  });

  it.each([
    ['a setting that does not exist', ['project', 'set', 'colour=red'], 'There is no setting colour'],
    ['a value of the wrong kind', ['project', 'set', 'public=maybe'], 'public cannot be that'],
    ['no value', ['project', 'set', 'public'], 'is not SETTING=VALUE'],
    ['an unknown scope', ['login', '--scope', 'all'], 'is none of read, kits, write'],
  ])('refuse %s as wrong usage', async (_what, args, message) => {
    const { exitCode, stderr } = await remote(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it('name every problem of a project file', async () => {
    writeFileSync(
      join(elsewhere.path, 'wrong.yaml'),
      'project: { colour: red }\nusers:\n  - { email: nobody, organization: clinic, role: boss }\n',
    );
    const { exitCode, stderr } = await remote(['apply', 'wrong.yaml']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/colour/);
    expect(stderr).toMatch(/users\.0\.email/);
    expect(stderr).toMatch(/users\.0\.role/);
  });

  it('are refused once logged out, with what to do', async () => {
    expect((await remote(['logout'])).exitCode).toBe(0);
    const { exitCode, stderr } = await remote(['users', 'list', '--url', url]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('dashboard login');
    expect((await loginAgain()).exitCode).toBe(0);
  });

  it('work with a token from a file, for CI', async () => {
    const logins = readFileSync(join(elsewhere.path, '.config', 'nvflare-dashboard', 'logins.json'), 'utf8');
    const [token = ''] = /nvfl_[\w-]+/.exec(logins) ?? [];
    const home = makeFolder();
    writeFileSync(join(home.path, 'token'), `${token}\n`);
    const { exitCode, stdout } = await dashboard(['project', 'get', 'server1'], {
      cwd: home.path,
      environment: {
        NVFL_URL: url,
        NVFL_CA_FILE: join(project.path, 'cert', 'web.crt'),
        NVFL_TOKEN_FILE: join(home.path, 'token'),
      },
    });
    expect([exitCode, stdout]).toEqual([0, 'fl.example.org\n']);
    expect(existsSync(join(home.path, '.config'))).toBe(false);
    home.remove();
  });

  it('go with --local to the plain process of the folder, whatever the last log-in and NVFL_URL say', async () => {
    const other = 'https://dashboard.example.org';
    const kept = join(elsewhere.path, '.config', 'nvflare-dashboard');
    const [token = ''] = /nvfl_[\w-]+/.exec(readFileSync(join(kept, 'logins.json'), 'utf8')) ?? [];
    const home = makeFolder();
    const config = join(home.path, '.config', 'nvflare-dashboard');
    mkdirSync(config, { recursive: true });
    const logins = { current: other, logins: { [other]: { email: EMAIL, token, id: '1' } } };
    writeFileSync(join(config, 'logins.json'), JSON.stringify(logins), { mode: 0o600 });
    const local = (folder: string, environment: Readonly<Record<string, string>> = {}) =>
      dashboard(['project', 'get', 'server1', '--local'], {
        cwd: folder,
        environment: { HOME: home.path, NVFL_URL: other, ...environment },
      });
    const reached = await local(project.path, { NVFL_TOKEN: token });
    expect([reached.exitCode, reached.stdout, reached.stderr]).toEqual([0, 'fl.example.org\n', '']);
    const stranger = await local(project.path);
    expect([stranger.exitCode, stranger.stderr]).toEqual([2, expect.stringContaining('https://127.0.0.1:')]);
    const absent = await local(home.path);
    expect([absent.exitCode, absent.stderr]).toEqual([
      1,
      expect.stringContaining(`No dashboard is running for ${home.path}`),
    ]);
    home.remove();
  });
});
