import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from './source-tree.ts';

const execute = promisify(execFile);
const MODULES = join(ROOT, 'node_modules');
const KEPT = join(ROOT, 'src', 'web', 'api', 'schema.d.ts');

const run = async (program: string, ...words: readonly string[]): Promise<string> => {
  const options = { cwd: ROOT, maxBuffer: 32 * 1024 * 1024 };
  return (await execute(process.execPath, [program, ...words], options)).stdout;
};

const generate = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'api-types-'));
  try {
    const description = join(folder, 'openapi.json');
    await writeFile(description, await run(join(ROOT, 'src/backend/entry/print-openapi.ts'), '--one-prefix'));
    return await run(join(MODULES, 'openapi-typescript/bin/cli.js'), description);
  } finally {
    await rm(folder, { recursive: true });
  }
};

test('the types of the page match the OpenAPI document (else: npm run generate:api)', async () => {
  const generated = await generate();
  const kept = await readFile(KEPT, 'utf8');
  expect(generated.trim().length).toBeGreaterThan(1_000);
  expect(kept.trim() === generated.trim()).toBe(true);
}, 180_000);
