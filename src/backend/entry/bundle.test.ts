import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Bundle } from './bundle.ts';

let folder = '';
const file = (name: string): string => join(folder, name);
const program = (code: number): string =>
  `const other = require('./backend.other.cjs');
exports.runBackend = (exit) => exit(other.add(${code}, require('node:path').basename(__filename).length));`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  await writeFile(file('backend.cjs'), program(1));
  await writeFile(file('backend.other.cjs'), 'exports.add = (one, two) => one + two;');
});
afterEach(() => rm(folder, { recursive: true }));

const codeOf = (bundle: Bundle): number | undefined => {
  let given: number | undefined;
  bundle.load().runBackend((code) => {
    given = code;
  });
  return given;
};

test('a bundle runs with and without the code kept of it', async () => {
  const bundle = new Bundle(folder);
  expect(codeOf(bundle)).toBe(12);
  bundle.keepCode();
  expect((await readFile(file('backend.cjs.cache'))).length).toBeGreaterThan(32);
  expect(codeOf(new Bundle(folder))).toBe(12);
});

test('code kept of another source, even one of the same length, is left alone', async () => {
  const bundle = new Bundle(folder);
  codeOf(bundle);
  bundle.keepCode();
  await writeFile(file('backend.cjs'), program(5));
  expect(codeOf(new Bundle(folder))).toBe(16);
});

test('damaged code is left alone', async () => {
  const bundle = new Bundle(folder);
  codeOf(bundle);
  bundle.keepCode();
  await truncate(file('backend.cjs.cache'), 40);
  await writeFile(file('backend.other.cjs.cache'), '');
  expect(codeOf(new Bundle(folder))).toBe(12);
});
