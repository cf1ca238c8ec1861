import { dirname, relative, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSources, ROOT } from './source-tree.ts';

/** Libraries that many starts can do without, which take time and memory. */
const LOADED_WHEN_NEEDED = ['nodemailer', 'openid-client', 'pg', 'node-forge'];

const VALUE_IMPORT = /^import (?!type\b)(?:[^;]*? from )?'([^']+)';/gm;

const sources = new Map(readSources().map((file) => [file.path, file.text]));

const valueImports = (path: string): readonly string[] =>
  [...(sources.get(path) ?? '').matchAll(VALUE_IMPORT)].map(([, name = '']) =>
    name.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(path), name)) : name,
  );

const reachedFrom = (path: string, seen: Set<string> = new Set()): ReadonlySet<string> => {
  if (!seen.has(path)) {
    seen.add(path);
    for (const next of valueImports(path)) {
      reachedFrom(next, seen);
    }
  }
  return seen;
};

test('a start loads no library that it may not need', () => {
  const reached = reachedFrom('src/backend/entry/backend.ts');
  expect(reached).toContain('fastify');
  expect(LOADED_WHEN_NEEDED.filter((name) => reached.has(name))).toEqual([]);
});
