import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from './source-tree.ts';

const FOLDER = join(ROOT, 'test', 'api');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sqlite.test.ts'));

test.each(files)('%s, which is not run on PostgreSQL, has all its backends on SQLite', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  const starts = text.match(/\bstartBackend\([^;]*;/g) ?? [];
  expect(starts.length).toBeGreaterThan(0);
  expect(starts.filter((start) => !/\bdatabase\b/.test(start))).toEqual([]);
  expect(text).toContain("engine: 'sqlite'");
  expect(text).not.toContain("engine: 'postgres'");
});
