import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { Api } from './api.ts';
import { dashboard, type Ended } from './command.ts';
import { packedVersions } from './packed-versions.ts';
import { makeFolder } from './surroundings.ts';

const Upgraded = z.object({ backup: z.string() });
const MINUTES = 180_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';

describe('dashboard upgrade of a plain process from an older version', () => {
  const packages = makeFolder();
  const folder = makeFolder();
  let port = 0;

  const run = (bin: string, ...args: readonly string[]): Promise<Ended> =>
    dashboard(args, { cwd: folder.path, bin });
  const title = async (): Promise<unknown> => {
    const anyone = new Api(`http://127.0.0.1:${port}`);
    const admin = await anyone.logIn(EMAIL, PASSWORD);
    const { json } = await admin.must('GET', '/project');
    await Promise.all([anyone.close(), admin.close()]);
    return json;
  };

  let unpack: (version: string) => string;
  let older = '';
  let newer = '';
  beforeAll(async () => {
    port = await freePort();
    unpack = packedVersions(packages.path);
    older = unpack('0.0.9');
    newer = unpack('0.9.0');
    writeFileSync(join(folder.path, 'dashboard.yaml'), `local: true\nport: ${port}\n`);
    const started = await run(older, 'start', '--cred', `${EMAIL}:${PASSWORD}:org`);
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    const anyone = new Api(`http://127.0.0.1:${port}`);
    const admin = await anyone.logIn(EMAIL, PASSWORD);
    await admin.must('PATCH', '/project', { short_name: 'e2e', title: 'Kept', server1: 'fl.example.org' });
    await Promise.all([anyone.close(), admin.close()]);
  }, MINUTES);
  afterAll(async () => {
    await run(newer, 'stop');
    folder.remove();
    packages.remove();
  }, MINUTES);

  test(
    'is named by a second start of another version, which leaves it running',
    async () => {
      const { exitCode, stdout, stderr } = await run(newer, 'start');
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('already running')]);
      expect(stderr).toContain('version 0.0.9 runs, and this command is of version 0.9.0');
    },
    MINUTES,
  );

  test(
    'keeps the older one running when the newer one does not start',
    async () => {
      const broken = unpack('0.8.0');
      const entry = join(broken, '..', '..', 'dist', 'backend', 'entry', 'main.js');
      writeFileSync(entry, "throw new Error('broken build');\n");
      const ended = await run(broken, 'upgrade');
      expect([ended.exitCode, ended.stderr]).toEqual([
        1,
        expect.stringContaining('The dashboard keeps running as it was.'),
      ]);
      expect(JSON.parse((await run(older, 'status', '--json')).stdout)).toMatchObject({ version: '0.0.9' });
    },
    MINUTES,
  );

  test(
    'changes to the newer version with the project as it was, and back after a restore',
    async () => {
      const ended = await run(newer, 'upgrade', '--json');
      expect(JSON.parse(ended.stdout)).toMatchObject({ state: 'upgraded', from: '0.0.9', to: '0.9.0' });
      expect(await title()).toMatchObject({ project: { title: 'Kept' } });
      const { backup } = Upgraded.parse(JSON.parse(ended.stdout));
      const back = await run(older, 'restart');
      expect([back.exitCode, back.stderr]).toEqual([
        0,
        expect.stringContaining(
          'version 0.9.0 is running and will be replaced with the older version 0.0.9.',
        ),
      ]);
      expect((await run(newer, 'stop')).exitCode).toBe(0);
      expect((await run(older, 'restore', '--yes', backup)).exitCode).toBe(0);
      expect((await run(older, 'start')).exitCode).toBe(0);
      expect(JSON.parse((await run(older, 'status', '--json')).stdout)).toMatchObject({ version: '0.0.9' });
      expect(await title()).toMatchObject({ project: { title: 'Kept' } });
    },
    MINUTES,
  );
});
