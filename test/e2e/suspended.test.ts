import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { dashboard } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTES = 60_000;
const State = z.object({ pid: z.number() });

let folder: ReturnType<typeof makeFolder>;
let pid: number;
const run = (...args: readonly string[]) => dashboard([...args, '--local'], { cwd: folder.path });
beforeEach(async () => {
  folder = makeFolder();
  const port = String(await freePort());
  const started = await run('start', '-p', port, '--cred', 'admin@example.org:Amber-Lantern-3:org');
  expect(started.exitCode).toBe(0);
  ({ pid } = State.parse(JSON.parse(readFileSync(join(folder.path, '.dashboard-process.json'), 'utf8'))));
  process.kill(pid, 'SIGSTOP');
}, MINUTES);
afterEach(async () => {
  await run('stop');
  folder.remove();
});

test(
  'is named as suspended by status and by a second start, which say how it goes on',
  async () => {
    const status = await run('status');
    expect([status.exitCode, status.stdout]).toEqual([1, expect.stringContaining('is suspended')]);
    expect(status.stdout).toContain(`kill -CONT ${pid}`);
    const start = await run('start');
    expect([start.exitCode, start.stderr]).toEqual([1, expect.stringContaining('is suspended')]);
  },
  MINUTES,
);

test.each(['stop', 'restart'])(
  '%s ends a suspended process as any other, which closes its database',
  async (command) => {
    const { exitCode, stderr } = await run(command);
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('was killed')]);
  },
  MINUTES,
);
