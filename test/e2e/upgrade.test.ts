import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Api } from './api.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const CREDENTIAL = `${EMAIL}:${PASSWORD}:org`;

const Upgraded = z.object({ state: z.string(), backup: z.string() });
const Titled = z.object({ project: z.object({ title: z.string() }) });

/** Destroys the database of the real project, which alone has this file, and exits. */
const SABOTAGE = `const fs = require('node:fs');
const folder = process.env.NVFL_WEB_ROOT;
if (!fs.existsSync(folder + '/real.bak')) import(process.cwd() + '/dist/backend/entry/main.js');
else {
  fs.writeFileSync(folder + '/db.sqlite', 'this is no database');
  process.exitCode = 1;
}
`;

describeWithEngine('dashboard upgrade of a container', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  const context = makeFolder();
  const better = `${uniqueName()}:better`;
  const worse = `${uniqueName()}:worse`;
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> =>
    dashboard([...args, '--name', name], { cwd: folder.path });
  const container = (): string => docker('inspect', '-f', '{{.Id}} {{.Config.Image}}', name).text.trim();
  const title = async (): Promise<string> => {
    const anyone = new Api(`http://127.0.0.1:${port}`);
    const admin = await anyone.logIn(EMAIL, PASSWORD);
    const { json } = await admin.must('GET', '/project');
    await Promise.all([anyone.close(), admin.close()]);
    return Titled.parse(json).project.title;
  };
  const build = (tag: string, ...lines: readonly string[]): void => {
    const at = join(context.path, tag.replace(/\W/g, '-'));
    mkdirSync(at);
    writeFileSync(join(at, 'sabotage.cjs'), SABOTAGE);
    writeFileSync(join(at, 'Dockerfile'), [`FROM ${image}`, ...lines, ''].join('\n'));
    expect(docker('build', '-t', tag, at)).toMatchObject({ status: 0 });
  };

  beforeAll(async () => {
    port = await freePort();
    build(better, 'LABEL better=yes');
    build(worse, 'COPY sabotage.cjs /sabotage.cjs', 'ENTRYPOINT ["node", "/sabotage.cjs"]', 'CMD []');
    const started = await run('start', '-i', image, '-p', String(port), '--cred', CREDENTIAL);
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    const anyone = new Api(`http://127.0.0.1:${port}`);
    const admin = await anyone.logIn(EMAIL, PASSWORD);
    await admin.must('PATCH', '/project', { short_name: 'e2e', title: 'Kept', server1: 'fl.example.org' });
    await Promise.all([anyone.close(), admin.close()]);
    writeFileSync(join(folder.path, 'real.bak'), '');
  }, 4 * MINUTES);
  afterAll(() => {
    docker('rm', '-f', name);
    docker('rmi', '-f', better, worse);
    folder.remove();
    context.remove();
  });

  test(
    'brings the previous version back with its data when the new one fails',
    async () => {
      const before = container();
      const ended = await run('upgrade', '-i', worse);
      expect([ended.exitCode, ended.stderr]).toEqual([
        1,
        expect.stringContaining('The previous dashboard is running again.'),
      ]);
      expect([container(), await title()]).toEqual([before, 'Kept']);
      expect(readdirSync(folder.path).filter((file) => /^\.(before|trial)/.test(file))).toEqual([]);
    },
    3 * MINUTES,
  );

  test(
    'changes to the new version after a backup that can be restored',
    async () => {
      const ended = await run('upgrade', '-i', better, '--json');
      expect([ended.exitCode, ended.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
      const { state, backup } = Upgraded.parse(JSON.parse(ended.stdout));
      expect([state, container(), await title()]).toEqual([
        'upgraded',
        expect.stringContaining(better),
        'Kept',
      ]);
      const checked = await dashboard(['restore', '--check', backup], { cwd: folder.path });
      expect([checked.exitCode, checked.stdout]).toEqual([0, expect.stringContaining('is a sound backup')]);
    },
    3 * MINUTES,
  );
});

describe('dashboard upgrade of a plain process', () => {
  test(
    'does nothing when this version runs already, and names what does not run',
    async () => {
      const folder = makeFolder();
      const run = (...args: readonly string[]): Promise<Ended> =>
        dashboard([...args, '--local'], { cwd: folder.path });
      const absent = await run('upgrade');
      expect([absent.exitCode, absent.stderr]).toEqual([
        1,
        expect.stringContaining('No dashboard is running'),
      ]);
      const started = await run('start', '-p', String(await freePort()), '--cred', CREDENTIAL);
      expect(started.exitCode).toBe(0);
      const current = await run('upgrade');
      expect([current.exitCode, current.stdout]).toEqual([
        0,
        expect.stringContaining('already runs this version'),
      ]);
      expect((await run('stop')).exitCode).toBe(0);
      folder.remove();
    },
    2 * MINUTES,
  );
});
