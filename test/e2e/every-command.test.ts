import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import BetterSqlite from 'better-sqlite3';
import { z } from 'zod';
import { everyCommand, hasOption } from '../support/every-command.ts';
import { freePort } from '../support/free-port.ts';
import { dashboard } from './command.ts';
import { exitCodeOf, SITUATIONS, type SituationName } from './every-command-exit-codes.ts';
import { runAsNobody, runIn } from './run-in-folder.ts';
import { makeFolder } from './surroundings.ts';

const MINUTES = 120_000;
const LEAVES = everyCommand();
const LocalState = z.object({ pid: z.number() });

/** A folder with a project, closed in order. */
let project: ReturnType<typeof makeFolder>;
beforeAll(async () => {
  project = makeFolder();
  const run = (...args: readonly string[]) => dashboard([...args, '--local'], { cwd: project.path });
  const port = String(await freePort());
  const started = await run('start', '-p', port, '--cred', 'admin@example.org:Amber-Lantern-3:org');
  expect([started.exitCode, (await run('stop')).exitCode]).toEqual([0, 0]);
}, MINUTES);
afterAll(() => {
  project.remove();
});

const mount = (...args: readonly string[]): void => {
  expect(spawnSync('mount', args, { encoding: 'utf8' })).toMatchObject({ status: 0 });
};

/** Bring an empty folder into a situation, and return what ends it. */
const PREPARE: Readonly<Record<SituationName, (folder: string) => (() => void) | undefined>> = {
  'no engine': () => undefined,
  'no folder': (folder) => {
    rmSync(folder, { recursive: true });
    return undefined;
  },
  'no folder but a file': (folder) => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    return undefined;
  },
  'a broken dashboard.yaml': (folder) => {
    writeFileSync(join(folder, 'dashboard.yaml'), 'portt: 8443\n');
    return undefined;
  },
  'no database but noise': (folder) => {
    writeFileSync(join(folder, 'db.sqlite'), 'noise '.repeat(500));
    return undefined;
  },
  'the database of a later version': (folder) => {
    cpSync(project.path, folder, { recursive: true });
    const db = new BetterSqlite(join(folder, 'db.sqlite'));
    db.prepare("insert into kysely_migration values ('9999-later', '2040-01-01')").run();
    db.prepare("update schema_compatibility set oldest = '9999-later'").run();
    db.close();
    return undefined;
  },
  'a read-only file system': (folder) => {
    cpSync(project.path, folder, { recursive: true });
    mount('--bind', folder, folder);
    mount('-o', 'remount,ro,bind', folder);
    return () => {
      spawnSync('umount', [folder]);
    };
  },
};

const isRoot = process.getuid?.() === 0;
const cases = SITUATIONS.filter(({ needsRoot }) => isRoot || !needsRoot);

describe.each(cases)('with $name', ({ name: situation, local }) => {
  const folders = makeFolder();
  const undo: (() => void)[] = [];
  afterAll(() => {
    for (const end of undo) {
      end();
    }
    folders.remove();
  });

  test(
    'every command exits as the table says, in its own words',
    async () => {
      const found = await Promise.all(
        LEAVES.map(async (leaf, index) => {
          const folder = join(folders.path, String(index));
          mkdirSync(folder);
          undo.push(PREPARE[situation](folder) ?? (() => undefined));
          return [leaf.name, (await runIn(folder, leaf, local)).exitCode];
        }),
      );
      expect(found).toEqual(LEAVES.map(({ name }) => [name, exitCodeOf(name, situation)]));
    },
    MINUTES,
  );
});

(isRoot ? describe : describe.skip)('with a folder of another user', () => {
  afterAll(() => {
    chmodSync(project.path, 0o700);
    rmSync(join(project.path, '.dashboard-process.json'), { force: true });
  });

  test(
    'every command exits as the table says, in its own words',
    () => {
      const found = runAsNobody(project.path, LEAVES);
      expect(found.map(({ name, exitCode }) => [name, exitCode])).toEqual(
        LEAVES.map(({ name }) => [name, exitCodeOf(name, 'a folder of another user')]),
      );
      const said = new Set(found.map(({ message, advice }) => `${message} ${advice}`));
      expect([...said]).toEqual(
        expect.arrayContaining([
          `${project.path} belongs to root, and this user may not read it. Run the command as root (sudo), or hand it over: sudo chown -R "$USER" ${project.path}.`,
        ]),
      );
      expect([...said].join('\n')).not.toMatch(/No dashboard is running|chmod/);
    },
    MINUTES,
  );

  test('no command takes the dashboard of another user for stopped', () => {
    chmodSync(project.path, 0o755);
    const state = join(project.path, '.dashboard-process.json');
    writeFileSync(state, '{}', { mode: 0o600 });
    const some = LEAVES.filter(({ name }) => ['status', 'stop', 'logs', 'unseal'].includes(name));
    const closed = expect.stringContaining(`${state} belongs to root`);
    expect(runAsNobody(project.path, some).map(({ exitCode, message }) => [exitCode, message])).toEqual(
      some.map(() => [1, closed]),
    );
  });
});

/** They end or replace what hangs; start-again.test.ts and restart.test.ts say how. */
const CHANGING: ReadonlySet<string> = new Set(['stop', 'restart', 'upgrade', 'reset', 'plan', 'logs']);

describe('with a dashboard that hangs', () => {
  const run = (...args: readonly string[]) => dashboard([...args, '--local'], { cwd: project.path });
  let pid = 0;
  beforeAll(async () => {
    expect((await run('start', '-p', String(await freePort()))).exitCode).toBe(0);
    const written = readFileSync(join(project.path, '.dashboard-process.json'), 'utf8');
    pid = LocalState.parse(JSON.parse(written)).pid;
    process.kill(pid, 'SIGSTOP');
  }, MINUTES);
  afterAll(async () => {
    process.kill(pid, 'SIGCONT');
    await run('stop');
  }, MINUTES);

  test(
    'every command that speaks to it says that it does not respond',
    async () => {
      const speaking = LEAVES.filter(
        ({ name, command }) =>
          exitCodeOf(name, 'no engine') === 3 && hasOption(command, '--local') && !CHANGING.has(name),
      );
      const found = await Promise.all(
        speaking.map(async (leaf) => {
          const { exitCode, message } = await runIn(project.path, leaf, true);
          return [leaf.name, { exitCode, message }];
        }),
      );
      const said = { exitCode: 1, message: expect.stringContaining('does not respond') };
      expect(found).toEqual(
        speaking.map(({ name }) => [name, name === 'status' ? { ...said, message: '' } : said]),
      );
    },
    MINUTES,
  );
});
