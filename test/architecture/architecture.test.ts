import { describe, expect, test } from '@jest/globals';
import { importCycles } from './import-cycles.ts';
import { readSources, type SourceFile } from './source-tree.ts';

const files = readSources();

/** Which parts of ours a part may import, itself aside. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  engine: ['contract'],
  cli: ['engine', 'archive', 'contract'],
  pki: ['contract'],
  kits: ['contract'],
  archive: ['pki', 'contract'],
  backend: ['archive', 'kits', 'pki', 'contract'],
  web: ['contract'],
};

/** A library and the only folder that may import it. */
const ONLY_IN: Readonly<Record<string, string>> = {
  dockerode: 'src/engine/dockerode/',
  'better-sqlite3': 'src/backend/store/',
  koffi: 'src/backend/root-ca/hardware/',
  pg: 'src/backend/store/',
  'node-forge': 'src/pki/',
  '@mantine/core': 'src/web/',
};

const partOf = (path: string): string => path.split('/')[1] ?? '';

const offences = (rule: (file: SourceFile) => readonly string[]): readonly string[] =>
  files.flatMap((file) => rule(file).map((what) => `${file.path}: ${what}`));

const ending = (path: string, ...endings: readonly string[]): boolean =>
  endings.some((end) => path.endsWith(end));

describe('the house', () => {
  test('has sources to look at', () => {
    expect(files.length).toBeGreaterThan(20);
  });

  test('imports go down only', () => {
    expect(
      offences((file) =>
        file.imports.filter(
          (target) =>
            target.startsWith('src/') &&
            partOf(target) !== partOf(file.path) &&
            !(MAY_IMPORT[partOf(file.path)] ?? []).includes(partOf(target)),
        ),
      ),
    ).toEqual([]);
  });

  test('a library that is wrapped is imported in its own folder only', () => {
    expect(
      offences((file) =>
        file.imports.filter((name) => {
          const folder = ONLY_IN[name];
          return folder !== undefined && !file.path.startsWith(folder);
        }),
      ),
    ).toEqual([]);
  });

  test('process.exit stands in the two main.ts only', () => {
    expect(
      offences((file) =>
        /\bprocess\.exit\(/.test(file.text) &&
        !ending(file.path, 'src/cli/main.ts', 'src/backend/entry/main.ts')
          ? ['process.exit']
          : [],
      ),
    ).toEqual([]);
  });

  test('console stands in the output and the logger only', () => {
    expect(
      offences((file) =>
        /\bconsole\.\w+\(/.test(file.text) && !file.path.startsWith('src/cli/output/') ? ['console'] : [],
      ),
    ).toEqual([]);
  });

  test('no file only re-exports others of ours', () => {
    expect(
      offences((file) => {
        const code = file.text
          .split('\n')
          .filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line));
        return code.length > 0 && code.every((line) => /^export .* from '\./.test(line)) ? ['barrel'] : [];
      }),
    ).toEqual([]);
  });

  test('no file is longer than 400 lines', () => {
    expect(offences((file) => (file.lines > 400 ? [`${file.lines} lines`] : []))).toEqual([]);
  });

  test('no import cycle', () => {
    expect(importCycles(files)).toEqual([]);
  });
});
