import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../../../../test/support/free-port.ts';
import { runCommand } from '../../../../test/support/run-command.ts';
import { makeWebPair } from '../../../../test/support/web-pair.ts';

const DAY_MS = 86_400_000;

describe('a web certificate that has expired', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-start-'));
    makeWebPair(folder, 'dash.example.org', 30);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const plan = async (...flags: readonly string[]) => {
    const argv = ['plan', '--local', '-p', String(await freePort()), ...flags];
    const now = new Date(Date.now() + 31 * DAY_MS);
    return runCommand(argv, { cwd: folder, uid: process.getuid?.(), now: () => now });
  };

  test('is served with a warning', async () => {
    const { exitCode, stderr } = await plan();
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^Warning: .*expired on/)]);
  });

  test('is rejected with --strict', async () => {
    const { exitCode, stderr } = await plan('--strict');
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/^Error: The web certificate .*expired on/),
    ]);
  });
});
