import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { Api } from './api.ts';
import { dashboard, type Ended } from './command.ts';
import { ProvisionedRoot } from './provisioned-root.ts';
import { makeFolder } from './surroundings.ts';

const MINUTE = 60_000;
const SERVER = 'fl.hub.example.org';
const SITE = 'university-hospital-of-the-north_1';
const ADMIN = 'admin@hub.example.org';
const SITE_ADMIN = 'org@north.example.org';
const NEW_PASSWORD = 'Amber-Lantern-37';
const PASSPHRASE = 'harbour lights';
const PROJECT = `api_version: 3
name: a_study_with_a_long_name
participants:
  - {name: ${SERVER}, type: server, org: Hub, host_names: [fl2.hub.example.org]}
  - {name: ${SITE}, type: client, org: North}
  - {name: ${ADMIN}, type: admin, org: Hub, role: project_admin}
  - {name: ${SITE_ADMIN}, type: admin, org: North, role: org_admin}
`;

const Imported = z.object({
  state: z.string(),
  certificates: z.number(),
  notTaken: z.array(z.string()),
  credential: z.object({ password: z.string() }).optional(),
});
const Failed = z.object({ error: z.object({ message: z.string(), advice: z.string() }) });
const Ledger = z.object({
  kits: z.array(
    z.object({ kind: z.string(), common_name: z.string(), state: z.string(), serial: z.string() }),
  ),
});
const User = z.object({ user: z.object({ id: z.number() }) });

let workspace: ReturnType<typeof makeFolder>;
let folder: ReturnType<typeof makeFolder>;
let root: ProvisionedRoot;
beforeEach(() => {
  workspace = makeFolder();
  folder = makeFolder();
  root = new ProvisionedRoot(workspace.path);
  writeFileSync(join(workspace.path, 'project.yml'), PROJECT);
});
afterEach(() => {
  workspace.remove();
  folder.remove();
});

const run = (...args: readonly string[]): Promise<Ended> =>
  dashboard(['import', join(workspace.path, 'project.yml'), '-f', folder.path, '--json', ...args], {
    cwd: workspace.path,
  });
const imported = (ended: Ended) => Imported.parse(JSON.parse(ended.stdout));
const failure = (ended: Ended) => Failed.parse(JSON.parse(ended.stdout)).error;

/** Keeps certificates as NVFLARE's CertBuilder does. */
const writeState = (issued: Readonly<Record<string, string>>): void => {
  mkdirSync(join(workspace.path, 'state'));
  const kept = new Map(
    Object.entries(issued).map(([name, cert]) => [name, { cert, pri_key: 'stays where it is' }]),
  );
  const pair = { root_cert: root.read('rootCA.pem'), root_pri_key: root.read('rootCA.key') };
  const state = { ...pair, ...Object.fromEntries(kept) };
  writeFileSync(join(workspace.path, 'state', 'cert.json'), JSON.stringify(state));
};

/** Starts the imported project, calls its API as the first admin, and stops it. */
const withApi = async (password: string, work: (admin: Api, anyone: Api) => Promise<void>): Promise<void> => {
  const port = await freePort();
  const place = ['-f', folder.path, '--local', '-p', String(port)];
  const started = await dashboard(['start', ...place], { cwd: folder.path });
  expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  try {
    const anyone = new Api(`http://127.0.0.1:${port}`);
    const first = await anyone.logIn(ADMIN, password);
    await first.must('PATCH', '/users/1', { password: NEW_PASSWORD, current_password: password });
    await work(await anyone.logIn(ADMIN, NEW_PASSWORD), anyone);
  } finally {
    const stopped = await dashboard(['stop', '--local', '-f', folder.path], { cwd: folder.path });
    expect(stopped.exitCode).toBe(0);
  }
};

describe('dashboard import', () => {
  test(
    'enters the certificates of deployed kits, which can be revoked and whose names stay reserved',
    async () => {
      const other = makeFolder();
      writeState({
        [SERVER]: root.issue(`/CN=${SERVER}/O=Hub`, [SERVER, 'fl2.hub.example.org']),
        [SITE]: root.issue(`/CN=${SITE}/O=North`),
        [ADMIN]: root.issue(`/CN=${ADMIN}/O=Hub/unstructuredName=project_admin`),
        'former-site': root.issue('/CN=former-site/O=South'),
        stranger: new ProvisionedRoot(other.path).issue('/CN=stranger/O=West'),
        damaged: 'no certificate',
      });
      other.remove();
      const lines = [
        'certificate of stranger: it was not issued by this root CA',
        'certificate of damaged: it cannot be read',
      ];
      const checked = await run('--state', join(workspace.path, 'state'), '--dry-run');
      expect(imported(checked)).toMatchObject({ state: 'checked', certificates: 4, notTaken: lines });
      expect(readdirSync(folder.path)).toEqual([]);
      const { credential, notTaken } = imported(await run('--state', join(workspace.path, 'state')));
      expect(notTaken).toEqual(lines);
      await withApi(credential?.password ?? '', async (admin, anyone) => {
        const { kits } = Ledger.parse((await admin.must('GET', '/kits')).json);
        expect(kits.map(({ kind, common_name, state }) => [kind, common_name, state])).toEqual([
          ['server', SERVER, 'in_force'],
          ['client', SITE, 'in_force'],
          ['admin', ADMIN, 'in_force'],
          ['client', 'former-site', 'holder_deleted'],
        ]);
        // Neither the former site's name nor another one of the server goes to somebody else.
        const register = (name: string, props?: object) =>
          admin.send('POST', '/clients', {
            name,
            organization: 'South',
            ...(props === undefined ? {} : { props }),
          });
        expect((await register('former-site')).status).toBe(409);
        expect((await register('Former-Site')).status).toBe(409);
        const listening = { listening_host: { default_host: 'fl2.hub.example.org' } };
        expect((await register('south-1', listening)).status).toBe(409);
        const [, site] = kits;
        await admin.must('POST', '/sessions/confirm', { password: NEW_PASSWORD });
        const revoked = { serials: [site?.serial], reason: 'keyCompromise' };
        await admin.must('POST', '/certificates/revoke', revoked);
        const disabled = await admin.must('GET', '/disabled_clients.json');
        expect(disabled.body.toString()).toContain(SITE);
        expect((await anyone.must('GET', '/crl.pem')).body.toString()).toContain('BEGIN X509 CRL');
      });
    },
    MINUTE,
  );

  test(
    'takes the pair of a workspace with an encrypted key, which needs its passphrase ever after',
    async () => {
      root.encryptKey(PASSPHRASE);
      const file = join(workspace.path, 'secret');
      const withoutPassphrase = await run('--state', workspace.path);
      expect(failure(withoutPassphrase).message).toContain('no passphrase was given');
      writeFileSync(file, 'not it\n');
      const wrong = await run('--state', workspace.path, '--passphrase-file', file);
      expect(failure(wrong).message).toContain('passphrase does not open its key');
      expect(readdirSync(folder.path)).toEqual([]);
      writeFileSync(file, `${PASSPHRASE}\n`);
      const { credential } = imported(await run('--state', workspace.path, '--passphrase-file', file));
      await withApi(credential?.password ?? '', async (admin) => {
        expect((await admin.send('POST', '/servers/1/blob', { pin: 'Kit7pin42' })).status).toBe(423);
        await admin.must('POST', '/unseal', { passphrase: PASSPHRASE });
        const kit = await admin.must('POST', '/servers/1/blob', { pin: 'Kit7pin42' });
        expect(kit.body.subarray(0, 2).toString()).toBe('PK');
        const people = z
          .object({ user_list: z.array(User.shape.user.extend({ email: z.string() })) })
          .parse((await admin.must('GET', '/users')).json);
        expect(people.user_list.map(({ email }) => email)).toEqual([ADMIN, SITE_ADMIN]);
      });
    },
    MINUTE,
  );

  test.each([
    ['a certificate alone', (path: string) => path.endsWith('.pem'), 'there is no root CA in it'],
    ['nothing', () => false, 'there is no root CA in it'],
  ])('says what is missing in a folder with %s', async (_what, keeps, reason) => {
    const other = makeFolder();
    for (const name of ['rootCA.pem', 'rootCA.key'].filter(keeps)) {
      writeFileSync(join(other.path, name), root.read(name));
    }
    expect(failure(await run('--state', other.path)).message).toContain(reason);
    other.remove();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test.each([
    [
      'a key of another certificate',
      (other: ProvisionedRoot) => other.read('rootCA.key'),
      'do not belong together',
    ],
    ['a key that is none', () => 'no key', 'key cannot be read'],
    ['an empty key', () => '', 'key cannot be read'],
  ])('refuses %s', async (_what, key, reason) => {
    const other = makeFolder();
    writeFileSync(join(workspace.path, 'rootCA.key'), key(new ProvisionedRoot(other.path)));
    other.remove();
    expect(failure(await run('--state', workspace.path)).message).toContain(reason);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});
