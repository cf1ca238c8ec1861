import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Api } from './api.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, Terminal, type Ended } from './command.ts';
import { PIN, setUpProject } from './project.ts';
import { oathCode } from '../support/oathtool.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const PASSPHRASE = 'Seven grey herons wait';
const NEW_PASSPHRASE = 'Eight white storks stand';

const Backup = z.object({ file: z.string() });
const Secret = z.object({ secret: z.string() });
const Reset = z.object({ credential: z.object({ email: z.string(), password: z.string() }) });

/** Defines the tests of an operator's work on a project from its host, the same for a container and a plain process. */
const hostWork = (startOptions: () => readonly string[], name: string): void => {
  const folder = makeFolder();
  const scratch = makeFolder();
  const archive = join(scratch.path, 'project.tar.gz');
  const file = (title: string): string => join(scratch.path, title);
  let port = 0;
  let password = PASSWORD;
  const local = (): readonly string[] => startOptions().filter((option) => option === '--local');
  const origin = (): string => `http://127.0.0.1:${port}`;
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
  const start = (...more: readonly string[]): Promise<Ended> =>
    run('start', '-p', String(port), '--name', name, ...startOptions(), ...more);
  const stop = (): Promise<Ended> => run('stop', '--name', name, ...local());
  const kitStatus = async (): Promise<number> => {
    const anyone = new Api(origin());
    const admin = await anyone.logIn(EMAIL, password);
    const { status } = await admin.send('POST', '/servers/1/blob', { pin: PIN });
    await Promise.all([anyone.close(), admin.close()]);
    return status;
  };

  beforeAll(async () => {
    port = await freePort();
    writeFileSync(file('old'), `${PASSPHRASE}\n`);
    writeFileSync(file('new'), `${NEW_PASSPHRASE}\n`);
    const started = await start('--cred', `${EMAIL}:${PASSWORD}:org`, '--passphrase-file', file('old'));
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    const anyone = new Api(origin());
    const admin = await anyone.logIn(EMAIL, PASSWORD);
    const { siteAdmin } = await setUpProject(anyone, admin);
    await Promise.all([anyone.close(), admin.close(), siteAdmin.close()]);
  }, 4 * MINUTES);
  afterAll(async () => {
    await stop();
    folder.remove();
    scratch.remove();
  }, MINUTES);

  test(
    'backs a running dashboard up into one private file, and never over another',
    async () => {
      const made = await run('backup', archive);
      expect([made.exitCode, made.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
      expect(statSync(archive).mode & 0o777).toBe(0o600);
      const again = await run('backup', archive);
      expect(again.exitCode).toBe(1);
      expect(again.stderr).toContain('it exists');
      const toFolder = await run('backup', scratch.path, '--json');
      const { file: named } = Backup.parse(JSON.parse(toFolder.stdout));
      expect(named).toMatch(/dashboard-\d{8}T\d{6}Z\.tar\.gz$/);
      const checked = await run('restore', named, '--check', ...local());
      expect([checked.exitCode, checked.stdout]).toEqual([0, expect.stringContaining('is a sound backup')]);
    },
    MINUTES,
  );

  test(
    'gives the admin a new password, which ends the sessions and must be changed',
    async () => {
      const anyone = new Api(origin());
      const before = await anyone.logIn(EMAIL, password);
      const foreign = await run('admin', 'reset', 'site.admin@hospital.example.org');
      expect([foreign.exitCode, foreign.stderr]).toEqual([1, expect.stringContaining('is no project admin')]);
      expect((await before.send('GET', '/me')).status).toBe(200);
      const reset = await run('admin', 'reset', '--json');
      expect([reset.exitCode, reset.stderr]).toEqual([0, '']);
      const { credential } = Reset.parse(JSON.parse(reset.stdout));
      expect(credential.email).toBe(EMAIL);
      expect((await before.send('GET', '/me')).status).toBe(401);
      expect((await anyone.send('POST', '/login', { email: EMAIL, password })).status).toBe(401);
      const after = await anyone.logIn(EMAIL, credential.password);
      expect((await after.must('GET', '/me')).json).toMatchObject({ must_change_password: true });
      const audit = await after.must('GET', '/audit?limit=5');
      expect(audit.body.toString()).toContain('user.reset_password');
      password = credential.password;
      await Promise.all([anyone.close(), before.close(), after.close()]);
    },
    MINUTES,
  );

  test(
    'removes the second factor of the admin, who then logs in with the password alone',
    async () => {
      const anyone = new Api(origin());
      const admin = await anyone.logIn(EMAIL, password);
      const none = await run('admin', 'reset', '--second-factor');
      expect([none.exitCode, none.stderr]).toEqual([1, expect.stringContaining('has no second factor')]);
      const { secret } = Secret.parse((await admin.must('POST', '/second-factor/totp')).json);
      await admin.must('POST', '/second-factor/totp/confirm', { code: oathCode(secret) });
      const refused = await anyone.send('POST', '/login', { email: EMAIL, password });
      expect(refused.json).toMatchObject({ code: 'second_factor_required' });
      const reset = await run('admin', 'reset', '--second-factor', '--json');
      expect([reset.exitCode, reset.stderr]).toEqual([0, '']);
      expect(JSON.parse(reset.stdout)).toMatchObject({ state: 'second factor removed', email: EMAIL });
      expect((await admin.send('GET', '/me')).status).toBe(401);
      const after = await anyone.logIn(EMAIL, password);
      const audit = await after.must('GET', '/audit?limit=5');
      expect(audit.body.toString()).toContain('second_factor.reset');
      await Promise.all([anyone.close(), admin.close(), after.close()]);
    },
    MINUTES,
  );

  test(
    'puts the root key under a passphrase that a person types',
    async () => {
      const terminal = new Terminal(['passphrase', 'change', '--name', name, '-f', folder.path, ...local()], {
        cwd: folder.path,
      });
      await terminal.see('e-mail:');
      terminal.type(`${EMAIL}\r`);
      await terminal.see('Password:');
      terminal.type(`${password}\r`);
      await terminal.see('Present passphrase');
      terminal.type(`${PASSPHRASE}\r`);
      await terminal.see('New passphrase:');
      terminal.type(`${NEW_PASSPHRASE}\r`);
      await terminal.see('once more:');
      terminal.type(`${NEW_PASSPHRASE}\r`);
      expect(await terminal.ended).toBe(0);
      expect(terminal.text).toContain('under the new passphrase');
      expect(terminal.text).not.toContain(NEW_PASSPHRASE);
      expect((await stop()).exitCode).toBe(0);
      expect((await start('--passphrase-file', file('old'))).exitCode).toBe(1);
      expect((await start('--passphrase-file', file('new'))).exitCode).toBe(0);
      expect(await kitStatus()).toBe(200);
    },
    2 * MINUTES,
  );

  test(
    'restores what was backed up, and only into a project that is stopped',
    async () => {
      const running = await run('restore', archive, '--yes', ...local());
      expect([running.exitCode, running.stderr]).toEqual([1, expect.stringContaining('is running')]);
      expect((await stop()).exitCode).toBe(0);
      const asked = await run('restore', archive, ...local());
      expect([asked.exitCode, asked.stderr]).toEqual([2, expect.stringContaining('--yes')]);
      const restored = await run('restore', archive, '--yes', ...local());
      expect([restored.exitCode, restored.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
      expect(readdirSync(folder.path).filter((entry) => /^db\.sqlite\..*\.bak$/.test(entry))).toHaveLength(1);
      expect((await start('--passphrase-file', file('old'))).exitCode).toBe(0);
      password = PASSWORD;
      expect(await kitStatus()).toBe(200);
    },
    2 * MINUTES,
  );

  test(
    'refuses a file that is no backup, and one that is cut off, and changes nothing',
    async () => {
      expect((await stop()).exitCode).toBe(0);
      const before = readdirSync(folder.path).sort();
      writeFileSync(file('other.tar.gz'), 'not an archive');
      const other = await run('restore', file('other.tar.gz'), '--yes', ...local());
      expect([other.exitCode, other.stderr]).toEqual([1, expect.stringContaining('cannot be used')]);
      truncateSync(archive, Math.floor(statSync(archive).size / 2));
      const drill = await run('restore', archive, '--check', ...local());
      expect([drill.exitCode, drill.stderr]).toEqual([1, expect.stringContaining('cannot be used')]);
      const cut = await run('restore', archive, '--yes', ...local());
      expect([cut.exitCode, cut.stderr]).toEqual([1, expect.stringContaining('cannot be used')]);
      expect(readdirSync(folder.path).sort()).toEqual(before);
    },
    MINUTES,
  );
};

describe('from the host of a plain process', () => {
  hostWork(() => ['--local'], uniqueName());

  test('tells who has no project that there is none', async () => {
    const empty = makeFolder();
    for (const words of [['backup'], ['admin', 'reset']]) {
      const { exitCode, stderr } = await dashboard(words, { cwd: empty.path });
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining('there is no database')]);
    }
    expect(existsSync(join(empty.path, 'db.sqlite'))).toBe(false);
    empty.remove();
  });
});

describeWithEngine('from the host of a container', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  hostWork(() => ['--image', image], name);
  afterAll(() => {
    docker('rm', '-f', name);
  });
});
