import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { Api } from './api.ts';
import { dashboard } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTES = 60_000;
const ADMIN = 'admin@example.org';
const SHOWN = /Password: +(\S+)/g;

let folder: ReturnType<typeof makeFolder>;
let port: number;
beforeEach(async () => {
  folder = makeFolder();
  port = await freePort();
});
afterEach(async () => {
  await dashboard(['stop', '--local', '-f', folder.path], { cwd: folder.path });
  folder.remove();
});

const start = () =>
  dashboard(['start', '--local', '-p', String(port), '--cred', ADMIN], { cwd: folder.path });
const shownIn = (text: string): readonly (string | undefined)[] =>
  [...text.matchAll(SHOWN)].map(([, password]) => password);

test.each([
  [
    'a session key that is none',
    () => {
      writeFileSync(join(folder.path, '.jwt-key'), 'x');
    },
    '.jwt-key',
  ],
  [
    'a key of the audit log that is a folder',
    () => {
      mkdirSync(join(folder.path, '.audit-key'));
    },
    '.audit-key',
  ],
  [
    'a web certificate that is none',
    () => {
      mkdirSync(join(folder.path, 'cert'));
      writeFileSync(join(folder.path, 'cert', 'web.crt'), 'x');
      writeFileSync(join(folder.path, 'cert', 'web.key'), 'x');
    },
    'cert',
  ],
])(
  'a first start that failed for %s shows no password, and the second one the valid one',
  async (_reason, spoil, name) => {
    spoil();
    const failed = await start();
    expect([failed.exitCode, shownIn(failed.stdout + failed.stderr)]).toEqual([1, []]);
    rmSync(join(folder.path, name), { recursive: true });
    const started = await start();
    expect([started.exitCode, started.stderr]).toEqual([
      0,
      expect.not.stringContaining('has its project admin already'),
    ]);
    const shown = shownIn(started.stdout);
    expect(shown).toHaveLength(1);
    await new Api(`http://127.0.0.1:${port}`).logIn(ADMIN, shown[0] ?? '');
  },
  MINUTES,
);
