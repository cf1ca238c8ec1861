import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const PACKAGES = ['better-sqlite3', 'bindings', 'file-uri-to-path'];
const BUILT = path.join('better-sqlite3', 'build', 'Release', 'better_sqlite3.node');
const Fatal = z.object({ level: z.literal(60), msg: z.string(), advice: z.string() });

let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'unbuilt-'));
  await cp('dist', path.join(root, 'dist'), { recursive: true });
  await cp('package.json', path.join(root, 'package.json'));
  for (const name of PACKAGES) {
    const from = path.join('node_modules', name);
    const filter = (file: string) => !file.includes(path.join('better-sqlite3', 'build'));
    await cp(from, path.join(root, 'node_modules', name), { recursive: true, filter });
  }
  await mkdir(path.join(root, 'project'));
});
afterAll(() => rm(root, { recursive: true }));

const startInVain = async () => {
  const backend = spawn(process.execPath, [path.join(root, 'dist/server/main.js')], {
    env: {
      PATH: process.env['PATH'],
      NVFL_WEB_ROOT: path.join(root, 'project'),
      NVFL_WEB_PORT: '0',
      NVFL_CREDENTIAL: 'admin@example.org:first-Lantern-4711',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = (await text(backend.stdout)).trim().split('\n');
  return Fatal.parse(JSON.parse(lines.at(-1) ?? ''));
};

it('a database module that is missing or of another Node is told as that, not as a damaged database', async () => {
  const missing = await startInVain();
  expect(missing.msg).toBe(`The module that reads the database does not load in Node ${process.version}.`);
  expect(missing.advice).toContain('npm rebuild better-sqlite3');
  const file = path.join(root, 'node_modules', BUILT);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, 'built for another machine');
  expect(await startInVain()).toEqual(missing);
}, 60_000);
