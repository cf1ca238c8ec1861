import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { dashboard } from './command.ts';
import { makeFolder, ROOT } from './surroundings.ts';

const MINUTE = 60_000;
const CREDENTIAL = 'admin@example.org:Amber-Lantern-37:org';

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  folder.remove();
});

/** Starts the backend on a host of its own, which shares nothing but the folder; resolves to its last line. */
const startOn = async (
  host: string,
): Promise<{ readonly child: ChildProcess; readonly ended: Promise<unknown>; readonly line: string }> => {
  const main = join(ROOT, 'dist', 'backend', 'entry', 'main.js');
  const words = ['--uts', '--net', '--pid', '--fork', '--kill-child', 'sh', '-c'];
  const script = `hostname ${host} && ip link set lo up && exec "$0" "$1"`;
  const child = spawn('unshare', [...words, script, process.execPath, main], {
    env: {
      PATH: process.env['PATH'],
      NVFL_WEB_ROOT: folder.path,
      NVFL_WEB_PORT: '8443',
      NVFL_WEB_HOST: '127.0.0.1',
      NVFL_CREDENTIAL: CREDENTIAL,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    if (line.includes('"msg":"ready"')) {
      break;
    }
  }
  child.stdout.resume();
  return { child, ended, line: last };
};

test(
  'refuses a second host that shares the folder, naming the first, until that one is gone',
  async () => {
    const first = await startOn('first-host');
    expect(first.line).toContain('"msg":"ready"');
    const second = await startOn('second-host');
    await second.ended;
    expect(second.line).toContain('folderInUse');
    expect(second.line).toMatch(/process \d+ on first-host, since /);
    const here = await dashboard(['start', '--local', '-f', folder.path, '-p', String(await freePort())], {
      cwd: folder.path,
    });
    expect([here.exitCode, here.stderr]).toEqual([
      1,
      expect.stringMatching(/Another dashboard uses .*: process \d+ on first-host/),
    ]);
    // What the kernel ends leaves no lock behind.
    first.child.kill('SIGKILL');
    await first.ended;
    const third = await startOn('third-host');
    expect(third.line).toContain('"msg":"ready"');
    third.child.kill('SIGKILL');
    await third.ended;
  },
  MINUTE,
);
