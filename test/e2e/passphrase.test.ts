import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Api } from './api.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { PIN, setUpProject } from './project.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { databaseContent } from '../security/database-content.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const PASSPHRASE = 'Seven grey herons wait';

/** A database by its rows: SQLite writes into the file itself when a start is interrupted. */
const contentOf = (path: string): string | Buffer => {
  if (!path.endsWith('db.sqlite')) {
    return readFileSync(path);
  }
  // Reading it in its place would leave SQLite's files beside it.
  const elsewhere = makeFolder();
  const copy = join(elsewhere.path, 'db.sqlite');
  copyFileSync(path, copy);
  const content = databaseContent(copy);
  elsewhere.remove();
  return content;
};

/** Every file of a folder with what it holds, so that no change goes unseen. */
const contents = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort()
      .map((file) => [
        file,
        createHash('sha256')
          .update(contentOf(join(folder, file)))
          .digest('hex'),
      ]),
  );

describeWithEngine('a project frozen under a passphrase', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  const keys = makeFolder();
  const right = join(keys.path, 'right');
  const wrong = join(keys.path, 'wrong');
  let port = 0;
  let ids = { userId: 0, clientId: 0 };
  const origin = (): string => `http://127.0.0.1:${port}`;
  const start = (args: readonly string[], environment = {}): Promise<Ended> =>
    dashboard(['--start', '-p', String(port), '--name', name, '--image', image, ...args], {
      cwd: folder.path,
      environment,
    });
  const stop = async (): Promise<void> => {
    const { exitCode } = await dashboard(['--stop', '--name', name], { cwd: folder.path });
    expect(exitCode).toBe(0);
  };
  /** Returns how the requests for the three kits are answered. */
  const askForKits = async (): Promise<readonly { readonly status: number; readonly json: unknown }[]> => {
    const anyone = new Api(origin());
    const admin = await anyone.logIn(EMAIL, PASSWORD);
    const paths = ['/servers/1/blob', `/clients/${ids.clientId}/blob`, `/users/${ids.userId}/blob`];
    const responses = [];
    for (const path of paths) {
      responses.push(await admin.send('POST', path, { pin: PIN }));
    }
    await Promise.all([anyone.close(), admin.close()]);
    return responses.map(({ status, json }) => ({ status, json }));
  };
  const statuses = async (): Promise<readonly number[]> => (await askForKits()).map(({ status }) => status);

  beforeAll(async () => {
    port = await freePort();
    writeFileSync(right, `${PASSPHRASE}\n`, { mode: 0o600 });
    writeFileSync(wrong, 'Seven grey herons waited\n', { mode: 0o600 });
    const started = await start(['--cred', `${EMAIL}:${PASSWORD}:org`, '--passphrase-file', right]);
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    const anyone = new Api(origin());
    const admin = await anyone.logIn(EMAIL, PASSWORD);
    const { siteAdmin, userId, clientId } = await setUpProject(anyone, admin);
    ids = { userId, clientId };
    await Promise.all([anyone.close(), admin.close(), siteAdmin.close()]);
    await stop();
  }, 4 * MINUTES);
  afterAll(() => {
    docker('rm', '-f', name);
    folder.remove();
    keys.remove();
  });

  test.each([
    ['from a file', ['--passphrase-file', right], {}],
    ['from the environment', [], { NVFL_DASHBOARD_PP: PASSPHRASE }],
  ])(
    'makes kits when it is started with the right one %s',
    async (_source, args, environment) => {
      const started = await start(args, environment);
      expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('sealed')]);
      expect(await statuses()).toEqual([200, 200, 200]);
      await stop();
    },
    3 * MINUTES,
  );

  test.each([
    ['from a file', ['--passphrase-file', wrong], {}],
    ['from the environment', [], { NVFL_DASHBOARD_PP: 'Seven grey herons waited' }],
  ])(
    'refuses a wrong one %s, changes nothing and leaves nothing',
    async (_source, args, environment) => {
      const before = contents(folder.path);
      expect(Object.keys(before)).toContain('db.sqlite');
      const refused = await start(args, environment);
      expect(refused.exitCode).toBe(1);
      expect(refused.stdout).toBe('');
      const lines = refused.stderr.trimEnd().split('\n');
      expect(lines.slice(lines.findIndex((line) => line.startsWith('Error: ')))).toEqual([
        'Error: The passphrase does not open the root key of this project; nothing was changed.',
        'Start with the passphrase the project was frozen with, or without one to run sealed.',
      ]);
      expect(refused.stderr).not.toContain('herons');
      expect(contents(folder.path)).toEqual(before);
      expect(docker('ps', '-aq', '--filter', `name=${name}`).text).toBe('');
      await expect(fetch(`${origin()}/health`)).rejects.toThrow();
    },
    3 * MINUTES,
  );

  test(
    'starts sealed without one, refuses kits with 423, and makes them once it is unsealed',
    async () => {
      const started = await start([]);
      expect([started.exitCode, started.stderr]).toEqual([0, expect.stringContaining('running sealed')]);
      expect(started.stderr).toContain('dashboard unseal');
      const status = (): Promise<Ended> => dashboard(['status', '--name', name], { cwd: folder.path });
      expect((await status()).stdout).toContain('The root CA is sealed');
      const refused = await askForKits();
      expect(refused.map(({ status }) => status)).toEqual([423, 423, 423]);
      expect(refused[0]?.json).toMatchObject({
        status: 'sealed',
        message: expect.stringMatching(/sealed/),
      });

      const unseal = ['unseal', '--name', name, '--cred', `${EMAIL}:${PASSWORD}`, '--passphrase-file'];
      const denied = await dashboard([...unseal, wrong], { cwd: folder.path });
      expect([denied.exitCode, denied.stderr.trimEnd().split('\n')]).toEqual([
        1,
        [expect.stringMatching(/^Error: The dashboard refused: /), 'Try again with the right passphrase.'],
      ]);
      expect(await statuses()).toEqual([423, 423, 423]);

      const unsealed = await dashboard([...unseal, right], { cwd: folder.path });
      expect([unsealed.exitCode, unsealed.stderr]).toEqual([0, '']);
      expect(unsealed.stdout).toContain('Unsealed');
      expect((await status()).stdout).not.toContain('sealed');
      expect(await statuses()).toEqual([200, 200, 200]);
      await stop();
    },
    4 * MINUTES,
  );
});
