import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Api } from './api.ts';
import { dashboard, Terminal, type Ended } from './command.ts';
import { setUpProject } from './project.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const PASSPHRASE = 'Seven grey herons wait';
const CTRL_C = '\u0003';

describe('a person at the terminal', () => {
  const folder = makeFolder();
  const keys = makeFolder();
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
  const terminal = (...args: readonly string[]): Terminal => new Terminal(args, { cwd: folder.path });
  const start = (): Terminal => terminal('start', '--local', '-p', String(port));
  const stop = async (): Promise<void> => {
    expect((await run('stop', '--local')).exitCode).toBe(0);
  };
  const sealed = async (): Promise<unknown> => {
    const anyone = new Api(`http://127.0.0.1:${port}`);
    const { json } = await anyone.must('GET', '/ready');
    await anyone.close();
    return json;
  };

  beforeAll(async () => {
    port = await freePort();
    const file = join(keys.path, 'passphrase');
    writeFileSync(file, PASSPHRASE);
    const first = ['--cred', `${EMAIL}:${PASSWORD}:org`, '--passphrase-file', file];
    const started = await run('start', '--local', '-p', String(port), ...first);
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    const anyone = new Api(`http://127.0.0.1:${port}`);
    const admin = await anyone.logIn(EMAIL, PASSWORD);
    const { siteAdmin } = await setUpProject(anyone, admin);
    await Promise.all([anyone.close(), admin.close(), siteAdmin.close()]);
    await stop();
  }, 2 * MINUTES);
  afterAll(async () => {
    await run('stop', '--local');
    folder.remove();
    keys.remove();
  }, MINUTES);

  test(
    'is asked for the passphrase, and runs unsealed with it',
    async () => {
      const asked = start();
      await asked.see('Passphrase of the root key');
      asked.type(`${PASSPHRASE}\r`);
      expect(await asked.ended).toBe(0);
      expect(asked.text).toContain('Started.');
      expect(asked.text).not.toContain(PASSPHRASE);
      expect(await sealed()).toMatchObject({ sealed: false });
      await stop();
    },
    MINUTES,
  );

  test(
    'is told that a typed passphrase is wrong, and nothing runs',
    async () => {
      const asked = start();
      await asked.see('Passphrase of the root key');
      asked.type('Seven grey herons waited\r');
      expect(await asked.ended).toBe(1);
      expect(asked.text).toContain('does not open the root key');
      await expect(sealed()).rejects.toThrow();
    },
    MINUTES,
  );

  test(
    'interrupts a question, and nothing is left',
    async () => {
      const asked = start();
      await asked.see('Passphrase of the root key');
      asked.type(CTRL_C);
      expect(await asked.ended).toBe(130);
      await expect(sealed()).rejects.toThrow();
      expect((await run('status', '--local')).exitCode).not.toBe(0);
    },
    MINUTES,
  );

  test(
    'runs sealed by Enter alone, follows the log until Ctrl-C, and unseals',
    async () => {
      const asked = start();
      await asked.see('Passphrase of the root key');
      asked.type('\r');
      expect(await asked.ended).toBe(0);
      expect(await sealed()).toMatchObject({ sealed: true });
      const log = terminal('logs', '-f', '--local');
      await log.see('ready');
      const unseal = terminal('unseal', '--local');
      await unseal.see('e-mail:');
      unseal.type(`${EMAIL}\r`);
      await unseal.see('Password:');
      unseal.type(`${PASSWORD}\r`);
      await unseal.see('Passphrase');
      unseal.type(`${PASSPHRASE}\r`);
      expect(await unseal.ended).toBe(0);
      await log.see('/unseal');
      log.type(CTRL_C);
      expect([0, 130]).toContain(await log.ended);
      expect(await sealed()).toMatchObject({ sealed: false });
    },
    MINUTES,
  );

  test(
    'is shown the address where there is no browser to open',
    async () => {
      const opened = await run('open', '--local', '--json');
      expect(JSON.parse(opened.stdout)).toMatchObject({ url: `http://127.0.0.1:${port}/`, opened: false });
    },
    MINUTES,
  );

  test(
    'sets the project aside only after a yes',
    async () => {
      const no = terminal('reset', '--local');
      await no.see('aside?');
      no.type('\r');
      expect(await no.ended).toBe(0);
      expect(no.text).toContain('Nothing was changed');
      expect(await sealed()).toMatchObject({ frozen: true });
      const yes = terminal('reset', '--local');
      await yes.see('aside?');
      yes.type('y\r');
      expect(await yes.ended).toBe(0);
      await expect(sealed()).rejects.toThrow();
      const files = readdirSync(folder.path).filter((file) => file.startsWith('db.sqlite'));
      expect(files).toEqual([expect.stringMatching(/^db\.sqlite\.\d{8}T\d{6}Z\.bak$/)]);
    },
    MINUTES,
  );
});

describeWithEngine('a person who interrupts a start', () => {
  const name = uniqueName();
  const folder = makeFolder();
  afterAll(() => {
    docker('rm', '-f', name);
    folder.remove();
  });

  test(
    'while the image is being built leaves no container and no named image',
    async () => {
      const image = `${uniqueName()}:interrupted`;
      const build = new Terminal(['image', 'build', '-i', image], { cwd: folder.path });
      await build.see('Building the image');
      build.type(CTRL_C);
      expect(await build.ended).toBe(130);
      expect(docker('image', 'inspect', image).status).not.toBe(0);
      expect(docker('ps', '-aq', '--filter', `name=${name}`).text).toBe('');
      expect(readdirSync(folder.path)).toEqual([]);
    },
    MINUTES,
  );
});

test(
  'finds the dashboard that another command started while the question was open',
  async () => {
    const folder = makeFolder();
    const port = String(await freePort());
    const asked = new Terminal(['start', '--local', '-p', port], { cwd: folder.path });
    try {
      await asked.see('project admin?');
      const cred = ['--cred', `${EMAIL}:${PASSWORD}:org`];
      const other = await dashboard(['start', '--local', '-p', port, ...cred], { cwd: folder.path });
      expect([other.exitCode, other.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
      await asked.see('e-mail');
      asked.type('second@example.org\r');
      await asked.see('organization');
      asked.type('org\r');
      expect([await asked.ended, asked.text]).toEqual([0, expect.stringContaining('already running')]);
    } finally {
      await dashboard(['stop', '--local'], { cwd: folder.path });
      folder.remove();
    }
  },
  MINUTES,
);
