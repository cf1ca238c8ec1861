import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const PREBUILDS = path.join('better-sqlite3', 'prebuilds');
const Fatal = z.object({ level: z.literal(60), msg: z.string(), advice: z.string() });

let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'unbuilt-'));
  await cp('dist', path.join(root, 'dist'), { recursive: true });
  await cp('package.json', path.join(root, 'package.json'));
  await cp('node_modules/better-sqlite3', path.join(root, 'node_modules/better-sqlite3'), {
    recursive: true,
    filter: (file) => !file.includes(PREBUILDS),
  });
  await mkdir(path.join(root, 'project'));
});
afterAll(() => rm(root, { recursive: true }));

const startInVain = async () => {
  const backend = spawn(process.execPath, [path.join(root, 'dist/backend/entry/main.js')], {
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
  expect(missing.advice).toContain('Install the dashboard again');
  const prebuilds = path.join(root, 'node_modules', PREBUILDS);
  await mkdir(prebuilds, { recursive: true });
  for (const platform of ['linux', 'linuxmusl']) {
    for (const arch of ['x64', 'arm64']) {
      await writeFile(path.join(prebuilds, `${platform}-${arch}.node`), 'built for another machine');
    }
  }
  expect(await startInVain()).toEqual(missing);
}, 180_000);
