import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { everyCommand, hasOption } from '../support/every-command.ts';
import { freePort } from '../support/free-port.ts';
import { dashboard } from './command.ts';
import { runIn } from './run-in-folder.ts';
import { makeFolder } from './surroundings.ts';

const MINUTES = 60_000;
const CREDENTIAL = 'admin@example.org:Amber-Lantern-3';
const UNSEAL = 'Give the passphrase first: dashboard unseal.';

/** They end, replace or empty what is sealed. */
const CHANGING: ReadonlySet<string> = new Set(['stop', 'start', 'restart', 'upgrade', 'reset', 'logout']);
/** Commands that do what they are for, whatever their words; the others lack words, a log-in or a file. */
const WORKING = ['status', 'list', 'logs', 'open', 'plan', 'config', 'doctor'];

describe('with a sealed dashboard', () => {
  const folder = makeFolder();
  const file = (name: string): string => join(folder.path, name);
  const run = (...words: readonly string[]) => dashboard([...words, '--local'], { cwd: folder.path });
  const must = async (...words: readonly string[]): Promise<void> => {
    const { exitCode, stderr } = await run(...words);
    expect([words[0], exitCode, stderr]).toEqual([words[0], 0, expect.not.stringContaining('Error')]);
  };

  beforeAll(async () => {
    writeFileSync(file('new'), 'Quiet-Harbour-41\n', { mode: 0o600 });
    writeFileSync(file('wrong'), 'Quiet-Harbour-42\n', { mode: 0o600 });
    const port = String(await freePort());
    await must('start', '-p', port, '--cred', `${CREDENTIAL}:org`);
    await must('login', '--cred', CREDENTIAL);
    await must('project', 'set', 'short_name=sealed', 'title=Sealed', 'server1=fl.example.org');
    await must('project', 'freeze', '--yes');
    const change = ['passphrase', 'change', '--cred', CREDENTIAL];
    await must(...change, '--no-passphrase-file', '--new-passphrase-file', 'new');
    await must('stop');
    await must('start', '-p', port);
  }, MINUTES);
  afterAll(async () => {
    await run('stop');
    folder.remove();
  }, MINUTES);

  test.each([
    [['kit', 'get', 'server1'], UNSEAL],
    [['kit', 'get', 'admin@example.org'], UNSEAL],
    [['root', 'renew', '--cred', CREDENTIAL], UNSEAL],
    [['unseal', '--cred', CREDENTIAL, '--passphrase-file', 'wrong'], 'Try again with the right passphrase.'],
  ])(
    'the command %j fails with what to do about it',
    async (words, advice) => {
      const { exitCode, stderr } = await run(...words);
      expect([exitCode, stderr.trimEnd().split('\n')]).toEqual([
        1,
        [
          expect.stringMatching(/^Error: The dashboard refused: The (root key is sealed|passphrase does)/),
          advice,
        ],
      ]);
    },
    MINUTES,
  );

  test(
    'a passphrase is not changed by somebody who takes the key for one without',
    async () => {
      const change = ['passphrase', 'change', '--cred', CREDENTIAL, '--new-passphrase-file', 'new'];
      const { exitCode, stderr } = await run(...change, '--no-passphrase-file');
      expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^Error: The dashboard refused: /)]);
    },
    MINUTES,
  );

  test(
    'every other command says in its own words what it lacks',
    async () => {
      const leaves = everyCommand().filter(
        ({ name, command }) => hasOption(command, '--local') && !CHANGING.has(name),
      );
      const found = await Promise.all(
        leaves.map(async (leaf) => [leaf.name, (await runIn(folder.path, leaf, true)).exitCode] as const),
      );
      const done = found.filter(([, exitCode]) => exitCode === 0).map(([name]) => name);
      expect(done).toEqual(WORKING);
    },
    MINUTES,
  );

  test(
    'what needs no key works',
    async () => {
      await must('project', 'set', 'title=Still sealed');
      await must('sites', 'add', 'hospital-1');
      await must('sites', 'approve', 'hospital-1');
      const backedUp = await dashboard(['backup', 'sealed.tar.gz'], { cwd: folder.path });
      expect([backedUp.exitCode, existsSync(file('sealed.tar.gz'))]).toEqual([0, true]);
      const { exitCode, stdout } = await run('doctor');
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Run `dashboard unseal`.')]);
      expect((await run('status')).stdout).toContain('Sealed:');
    },
    MINUTES,
  );
});
