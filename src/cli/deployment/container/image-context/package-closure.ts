import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).optional(),
});
export type Manifest = z.infer<typeof Manifest>;

/** Needed while a package is installed, never while it runs. */
const INSTALL_ONLY = new Set(['prebuild-install', 'node-gyp', 'node-addon-api']);

/** Reads and checks a package.json. @throws when the file is missing or no manifest */
export const readManifest = async (folder: string): Promise<Manifest> =>
  Manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));

/** Finds a package as Node does: in node_modules of the folder, then of each folder above. */
const resolvePackage = async (name: string, from: string): Promise<string | undefined> => {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) {
      return realpath(found);
    }
    if (folder === dirname(folder)) {
      return undefined;
    }
  }
};

/** A package that the backend needs: where it is, and where it goes in the image. */
export interface PlacedPackage {
  readonly folder: string;
  /** `node_modules/a/node_modules/b`, with `/`. */
  readonly place: string;
  readonly version: string;
}

interface Edge {
  readonly from: string;
  readonly name: string;
  readonly folder: string;
}

/** Places in which Node would look for a package from a place, nearest first. */
const placesFor = (from: string, name: string): readonly string[] => {
  const parents = from.split('/node_modules/');
  return parents
    .map(
      (_, index) => `${parents.slice(0, parents.length - index).join('/node_modules/')}/node_modules/${name}`,
    )
    .concat(`node_modules/${name}`)
    .filter((place) => !place.startsWith('/'));
};

/**
 * All packages that the named ones need at run time, laid out afresh so that it does not matter how the
 * package manager arranged them (nested by a global install, hoisted into a project, linked from a store).
 *
 * @param root folder of our package
 * @param names direct dependencies to begin with
 * @throws Error when a dependency is not installed
 */
export const productionClosure = async (
  root: string,
  names: readonly string[],
): Promise<readonly PlacedPackage[]> => {
  const placed = new Map<string, string>();
  const versions = new Map<string, string>();
  const edges: Edge[] = [];
  const queue: { readonly from: string; readonly folder: string; readonly names: readonly string[] }[] = [
    { from: '', folder: await realpath(root), names },
  ];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { from, folder: dependent } = next;
    const optional = new Set<string>();
    for (const name of [...next.names].sort()) {
      const folder = await resolvePackage(name, dependent);
      if (folder === undefined) {
        optional.add(name);
        continue;
      }
      edges.push({ from, name, folder });
      const visible = placesFor(from, name).find((place) => placed.has(place));
      if (visible !== undefined && placed.get(visible) === folder) {
        continue;
      }
      const place =
        visible === undefined || from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
      placed.set(place, folder);
      const manifest = await readManifest(folder);
      versions.set(folder, manifest.version);
      const wanted = Object.keys({
        ...manifest.dependencies,
        ...manifest.optionalDependencies,
        ...manifest.peerDependencies,
      });
      queue.push({ from: place, folder, names: wanted.filter((each) => !INSTALL_ONLY.has(each)) });
    }
    await assertOptional(dependent, optional);
  }
  for (const { from, name, folder } of edges) {
    const seen = placesFor(from, name).find((place) => placed.has(place));
    if (seen === undefined || placed.get(seen) !== folder) {
      throw new Error(`the installed packages cannot be laid out: ${from} needs another ${name}`);
    }
  }
  return [...placed].map(([place, folder]) => ({ place, folder, version: versions.get(folder) ?? '' }));
};

const assertOptional = async (folder: string, missing: ReadonlySet<string>): Promise<void> => {
  if (missing.size === 0) {
    return;
  }
  const manifest = await readManifest(folder);
  for (const name of missing) {
    const needed =
      manifest.dependencies?.[name] !== undefined && manifest.optionalDependencies?.[name] === undefined;
    if (needed) {
      throw new Error(`the package ${name}, which ${manifest.name} needs, is not installed`);
    }
  }
};
