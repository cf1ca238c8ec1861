import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readSources, ROOT } from './source-tree.ts';

const MAX_README_BYTES = 8000;
const LINK = /\]\((?!https?:)([^)\s]+)\)/g;
const CITATION = /docs\/[\w-]+\.md(?:#[\w-]+)?/g;

const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'docker/README.md',
];

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Returns the anchors of a page as GitHub derives them from its headings. */
const anchorsOf = (path: string): readonly string[] =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  );

/** Tests as the pages name them: from the root, or within test/. */
const NAMED_TEST = /`((?:[\w-]+\/)+[\w.-]+\.test\.tsx?|src\/[\w/-]+\/)`/g;
const testsIn = (text: string): readonly string[] =>
  [...text.matchAll(NAMED_TEST)].map(([, path = '']) => path);
const exists = (path: string): boolean =>
  existsSync(join(ROOT, path)) || existsSync(join(ROOT, 'test', path));

/** True if the file exists, and the heading too if the target names one. */
const resolves = (target: string, from: string): boolean => {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  return existsSync(join(ROOT, path)) && (anchor === undefined || anchorsOf(path).includes(anchor));
};

describe('documentation', () => {
  test.each(pages)('%s links only to what exists', (page) => {
    const targets = [...read(page).matchAll(LINK)].map(([, target = '']) => target);
    expect(targets.filter((target) => !resolves(target, page))).toEqual([]);
  });

  test.each(pages)('%s names only tests that exist', (page) => {
    expect(testsIn(read(page)).filter((path) => !exists(path))).toEqual([]);
  });

  test('every feature that operators expect has a test', () => {
    const [, section = ''] = read('docs/operations.md').split('## What operators expect\n');
    const [table = ''] = section.split('\n## ');
    const rows = table.split('\n').filter((line) => line.startsWith('|'));
    const features = rows.slice(2).map((row) => row.split('|').map((cell) => cell.trim()));
    expect(features.length).toBeGreaterThanOrEqual(26);
    const untested = features.filter(([, , tests = '']) => testsIn(tests).length === 0);
    expect(untested.map(([, feature]) => feature)).toEqual([]);
  });

  test('the sources cite only sections that exist', () => {
    const cited = readSources().flatMap(({ path }) =>
      [...read(path).matchAll(CITATION)].map(([target]) => `${path}: ${target}`),
    );
    expect(cited.length).toBeGreaterThan(15);
    expect(cited.filter((entry) => !resolves(entry.split(': ')[1] ?? '', 'README.md'))).toEqual([]);
  });

  test('the README is short', () => {
    expect(statSync(join(ROOT, 'README.md')).size).toBeLessThanOrEqual(MAX_README_BYTES);
  });

  test('the license is the one that package.json names', () => {
    expect(read('package.json')).toContain('"license": "Apache-2.0"');
    expect(read('LICENSE')).toMatch(/Apache License\s+Version 2.0, January 2004/);
  });
});
