import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { BACKEND_EXIT } from '../../src/contract/environment.ts';
import { BackendProcess } from './backend-process.ts';
import { SmallDisk } from './small-disk.ts';

const Fatal = z.object({
  level: z.literal(60),
  code: z.string(),
  msg: z.string(),
  advice: z.string().min(1),
});

/** Describes how a start ended that could not succeed. */
export interface VainStart {
  readonly exitCode: number | null;
  /** The last line of the log; undefined when it is no fatal one with advice. */
  readonly fatal: z.infer<typeof Fatal> | undefined;
}

const startInVain = async (backend: BackendProcess): Promise<VainStart> => {
  const exitCode = await backend.startInVain();
  const last = backend.log.trimEnd().split('\n').at(-1) ?? '';
  return { exitCode, fatal: last.startsWith('{') ? Fatal.safeParse(JSON.parse(last)).data : undefined };
};

const problemOf = (what: string, start: VainStart, code: keyof typeof BACKEND_EXIT): readonly string[] =>
  start.exitCode === BACKEND_EXIT[code] && start.fatal?.code === code
    ? []
    : [`${what}: ${JSON.stringify(start)}`];

/** Starts on a folder that is read-only, then on a full one, then on a usable one. @returns what is wrong */
export const startOnUnusableDisk = async (): Promise<readonly string[]> => {
  const disk = new SmallDisk();
  const backend = await BackendProcess.prepare({ folder: disk.folder });
  const wrong: string[] = [];
  try {
    disk.makeReadOnly();
    wrong.push(...problemOf('read-only folder', await startInVain(backend), 'folderUnusable'));
    disk.makeWritable();
    disk.fill();
    wrong.push(...problemOf('full disk', await startInVain(backend), 'folderUnusable'));
    disk.free();
    await backend.start();
    await backend.stop();
    disk.makeReadOnly();
    wrong.push(...problemOf('folder read-only since', await startInVain(backend), 'folderUnusable'));
    disk.makeWritable();
    await backend.start();
    if ((await backend.logIn()) === '') {
      wrong.push('no log-in afterwards');
    }
  } finally {
    await backend.kill();
    disk.remove();
  }
  return wrong;
};

type Damage = (file: string) => Promise<void>;

const DAMAGES: readonly (readonly [string, Damage])[] = [
  ['no database at all', (file) => writeFile(file, 'this is no database'.repeat(500))],
  [
    'its first page overwritten',
    async (file) => {
      const bytes = await readFile(file);
      await writeFile(file, bytes.fill(0xa5, 40, 4096));
    },
  ],
  ['cut off', (file) => truncate(file, 8192)],
  ['a folder', (file) => mkdir(file)],
];

/** Starts on damaged databases. @returns what is wrong: a start without its clear line, or a changed file */
export const startOnDamagedDatabase = async (): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const [what, damage] of DAMAGES) {
    const backend = await BackendProcess.prepare();
    try {
      const file = path.join(backend.folder, 'db.sqlite');
      if (what !== 'a folder') {
        await backend.start();
        await backend.stop();
      }
      await damage(file);
      const before = what === 'a folder' ? undefined : await readFile(file);
      const start = await startInVain(backend);
      wrong.push(...problemOf(what, start, what === 'a folder' ? 'folderUnusable' : 'databaseUnusable'));
      if (before !== undefined && !before.equals(await readFile(file))) {
        wrong.push(`${what}: the file was changed`);
      }
    } finally {
      await backend.remove();
    }
  }
  return wrong;
};
