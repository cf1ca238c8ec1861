import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

export const ROOT = resolve(import.meta.dirname, '..', '..');

export interface SourceFile {
  /** Path from the repository's root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Package names, or paths from the root for our own files. */
  readonly imports: readonly string[];
}

const walk = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });

const importsOf = (path: string, text: string): readonly string[] =>
  ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith('.') ? relative(ROOT, resolve(dirname(path), fileName)) : fileName,
    );

const read = (path: string): SourceFile => {
  const text = readFileSync(path, 'utf8');
  return {
    path: relative(ROOT, path),
    text,
    lines: text.split('\n').length - 1,
    imports: importsOf(path, text),
  };
};

/** Every TypeScript source below `src`, generated files and tests left out. */
export const readSources = (): readonly SourceFile[] =>
  walk(join(ROOT, 'src'))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map(read);
