import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { freePort } from './ports.ts';

const runFile = promisify(execFile);
const MINUTE = 60_000;
const ADMIN = 'admin@example.org';
const NEW_PASSWORD = 'long-Enough-4-interop';
const PIN = 'Kit4Interop';
const Imported = z.object({
  notTaken: z.array(z.string()),
  credential: z.object({ email: z.string(), password: z.string() }),
});
const Login = z.object({ access_token: z.string(), user: z.object({ id: z.number() }) });
const NewSite = z.object({ client: z.object({ id: z.number() }) });

const { environments, reason } = await prepareNvflare(['2.9']);
const venv = environments['2.9'];
const folder = mkdtempSync(join(tmpdir(), 'interop-provisioned-'));
const federation = new Federation(venv ?? '');
afterAll(async () => {
  await federation.clear(folder);
}, 15 * MINUTE);

const dashboard = async (...args: readonly string[]): Promise<string> =>
  (await runFile(process.execPath, [resolve('bin/dashboard.js'), ...args], { cwd: folder })).stdout;

const provision = (port: number): string => {
  writeFileSync(
    join(folder, 'project.yml'),
    `api_version: 3
name: a_project_with_a_long_name
description: Provisioned
participants:
  - {name: localhost, type: server, org: Lab_1, fed_learn_port: ${port}}
  - {name: site-1, type: client, org: Lab_1}
  - {name: ${ADMIN}, type: admin, org: Lab_1, role: project_admin}
builders:
  - path: nvflare.lighter.impl.workspace.WorkspaceBuilder
  - path: nvflare.lighter.impl.static_file.StaticFileBuilder
    args: {config_folder: config}
  - path: nvflare.lighter.impl.cert.CertBuilder
  - path: nvflare.lighter.impl.signature.SignatureBuilder
`,
  );
  execFileSync(join(venv ?? '', 'bin', 'nvflare'), ['provision', '-p', 'project.yml', '-w', 'workspace'], {
    cwd: folder,
    stdio: 'ignore',
  });
  return join(folder, 'workspace', 'a_project_with_a_long_name');
};

/** Adds a site to the imported project, as its admin does, and unpacks its kit. */
const addSite = async (origin: string, password: string, name: string): Promise<string> => {
  let token = '';
  const ask = async (method: string, path: string, body: object): Promise<Response> => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  };
  const logIn = async (secret: string) =>
    Login.parse(await (await ask('POST', '/login', { email: ADMIN, password: secret })).json());
  const first = await logIn(password);
  token = first.access_token;
  await ask('PATCH', `/users/${first.user.id}`, { password: NEW_PASSWORD, current_password: password });
  token = '';
  token = (await logIn(NEW_PASSWORD)).access_token;
  const site = NewSite.parse(await (await ask('POST', '/clients', { name, organization: 'Lab_1' })).json());
  await ask('PATCH', `/clients/${site.client.id}`, { approval_state: 100 });
  const kit = await ask('POST', `/clients/${site.client.id}/blob`, { pin: PIN });
  const archive = join(folder, `${name}.zip`);
  writeFileSync(archive, Buffer.from(await kit.arrayBuffer()));
  const target = join(folder, name);
  mkdirSync(target);
  execFileSync('unzip', ['-q', '-P', PIN, archive, '-d', target]);
  const [only, ...others] = readdirSync(target);
  return others.length === 0 && only !== undefined ? join(target, only) : target;
};

test('NVIDIA FLARE 2.9 is available', () => {
  expect(process.env['CI'] === 'true' ? reason : undefined).toBeUndefined();
});

(venv === undefined ? test.skip : test)(
  'lets a site with a kit of the dashboard join a federation that nvflare provision set up',
  async () => {
    const [port, webPort] = [await freePort([1]), await freePort()];
    const workspace = provision(port);
    const project = join(folder, 'dashboard');
    mkdirSync(project);
    const request = ['import', 'project.yml', '--state', join(workspace, 'state'), '-f', project, '--json'];
    expect(JSON.parse(await dashboard(...request, '--dry-run'))).toMatchObject({ state: 'checked' });
    expect(readdirSync(project)).toEqual([]);
    const { notTaken, credential } = Imported.parse(JSON.parse(await dashboard(...request)));
    expect([notTaken, credential.email]).toEqual([[], ADMIN]);
    await expect(dashboard(...request)).rejects.toMatchObject({
      stdout: expect.stringContaining('an import never changes a project'),
    });
    await dashboard('start', '--local', '-f', project, '-p', String(webPort));
    let ours: string;
    try {
      ours = await addSite(`http://127.0.0.1:${webPort}`, credential.password, 'site-2');
    } finally {
      await dashboard('stop', '--local', '-f', project);
    }
    const root = (kit: string): string => readFileSync(join(kit, 'startup', 'rootCA.pem'), 'utf8').trim();
    const prod = join(workspace, 'prod_00');
    const [server, one, admin] = ['localhost', 'site-1', ADMIN].map((name) => join(prod, name));
    if (server === undefined || one === undefined || admin === undefined) {
      throw new Error('no kits');
    }
    expect(root(ours)).toBe(root(one));
    keepStorageApart(server);
    // What these start keeps their output open.
    for (const kit of [server, one]) {
      federation.foreground(kit, 'start.sh');
    }
    await federation.start(ours);
    expect(await federation.console(admin, ADMIN, 'sites', '2')).toEqual({ sites: ['site-1', 'site-2'] });
    const job = join(folder, 'numpy-job');
    cpSync(resolve('test/fixtures/numpy-job'), job, { recursive: true });
    expect(await federation.run(admin, ADMIN, job)).toMatchObject({ status: 'FINISHED:COMPLETED' });
  },
  20 * MINUTE,
);
