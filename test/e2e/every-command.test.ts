import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import BetterSqlite from 'better-sqlite3';
import { z } from 'zod';
import { everyCommand, hasOption, requiredWords, type Leaf } from '../support/every-command.ts';
import { freePort } from '../support/free-port.ts';
import { runCommand } from '../support/run-command.ts';
import { dashboard } from './command.ts';
import { exitCodeOf, SITUATIONS, type SituationName } from './every-command-exit-codes.ts';
import { makeFolder, ROOT } from './surroundings.ts';

const MINUTES = 120_000;
const LEAVES = everyCommand();
const Document = z.object({
  ok: z.boolean(),
  schemaVersion: z.literal(1),
  error: z
    .object({ code: z.string(), message: z.string(), advice: z.string(), exitCode: z.number() })
    .optional(),
});
const LocalState = z.object({ pid: z.number() });

/** Slips that no output may hold: names of inner parts, paths inside a container, a sentence twice. */
const NOT_OURS =
  /SqliteError|ZodError|OtherDatabase|\bE[A-Z]{4,}:|\n\s+at |undefined|\[object|\/var\/tmp\/nvflare|It failed|should not have happened|\.\.(?:\n|$)|(\b\w[^.]{15,})\. \1\./;

/** Runs a command in the folder as a script does. */
const runIn = async (folder: string, { words, command }: Leaf, local: boolean) => {
  const argv = [
    ...words,
    ...requiredWords(command),
    ...(local && hasOption(command, '--local') ? ['--local'] : []),
    ...(hasOption(command, '--port') ? ['--port', String(await freePort())] : []),
    ...['--timeout', '5', '--json'],
  ];
  const { exitCode, stdout } = await runCommand(argv, {
    cwd: folder,
    home: `${folder}-home`,
    environment: { PATH: process.env['PATH'], DOCKER_HOST: 'unix:///nonexistent/docker.sock' },
    packageRoot: ROOT,
    uid: process.getuid?.(),
  });
  const { error } = Document.parse(JSON.parse(stdout));
  expect(error?.exitCode ?? exitCode).toBe(exitCode);
  expect(`${error?.message ?? 'Done.'}\n${error?.advice ?? ''}`).not.toMatch(NOT_OURS);
  expect(error?.message ?? 'Done.').toMatch(/[^.][.?]$/);
  return { exitCode, message: error?.message ?? '' };
};

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
        speaking.map(async (leaf) => [leaf.name, await runIn(project.path, leaf, true)]),
      );
      const said = { exitCode: 1, message: expect.stringContaining('does not respond') };
      expect(found).toEqual(
        speaking.map(({ name }) => [name, name === 'status' ? { ...said, message: '' } : said]),
      );
    },
    MINUTES,
  );
});
