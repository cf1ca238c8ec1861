import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"./][^'"]*)['"]/g;

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/**
 * Which of the declared dependencies compiled code imports.
 *
 * @param folders folders with `.js` files, searched to the bottom
 * @param declared names of our dependencies; anything else that looks like an import is not one
 */
export const importedPackages = async (
  folders: readonly string[],
  declared: readonly string[],
): Promise<readonly string[]> => {
  const found = new Set<string>();
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile() || !entry.name.endsWith('.js')) continue;
      const code = await readFile(join(entry.parentPath, entry.name), 'utf8');
      for (const [, specifier] of code.matchAll(SPECIFIER))
        if (specifier !== undefined) found.add(packageOf(specifier));
    }
  }
  return declared.filter((name) => found.has(name));
};
