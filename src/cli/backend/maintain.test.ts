import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { MaintenanceProgress } from '../../contract/maintenance.ts';
import { maintain } from './maintain.ts';

const REQUEST = { task: 'audit-head', webRoot: '/' } as const;

let packageRoot = '';
beforeEach(async () => {
  packageRoot = await mkdtemp(join(tmpdir(), 'maintain-'));
  await mkdir(join(packageRoot, 'dist', 'backend', 'entry'), { recursive: true });
});
afterEach(() => rm(packageRoot, { recursive: true }));

const run = async (program: string, onProgress?: (progress: MaintenanceProgress) => void) => {
  await writeFile(join(packageRoot, 'dist', 'backend', 'entry', 'maintain.js'), program);
  const runtime = { packageRoot, node: process.execPath, signal: new AbortController().signal, uid: 1 };
  return maintain(REQUEST, runtime, { uid: 1, gid: 1 }, onProgress);
};

it('reports how far a task has come before its response', async () => {
  const reported: MaintenanceProgress[] = [];
  const program = `console.log('{"done":500,"of":1200}');
console.log('{"done":1000,"of":1200}');
process.stdout.write('{"ok":true,"text":"intact"}');`;
  expect(await run(program, (progress) => reported.push(progress))).toEqual({ ok: true, text: 'intact' });
  expect(reported).toEqual([
    { done: 500, of: 1200 },
    { done: 1000, of: 1200 },
  ]);
});

it('fails when the program ends without a response', async () => {
  await expect(run(`console.log('{"done":500,"of":1200}');`)).rejects.toThrow('without a response');
});
