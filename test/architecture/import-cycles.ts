import type { SourceFile } from './source-tree.ts';

/**
 * Cycles among our own files, each as the paths along it.
 *
 * @param files sources with their imports
 */
export const importCycles = (files: readonly SourceFile[]): readonly string[] => {
  const targets = new Map(files.map((file) => [file.path, file.imports] as const));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    if (finished.has(path)) {
      return;
    }
    for (const target of targets.get(path) ?? []) {
      visit(target, [...trail, path]);
    }
    finished.add(path);
  };
  for (const file of files) {
    visit(file.path, []);
  }
  return cycles;
};
