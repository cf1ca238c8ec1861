import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import type { BuildContext } from '../../../../engine/engine.ts';
import { productionClosure, readManifest, type PlacedPackage } from './package-closure.ts';

/** Folders of `dist` that the backend runs from; the command stays on the host. */
const BACKEND_CODE = ['backend', 'web'];
/** Compiled code for the host's Node, at the host's paths; the image gets its own. */
const COMPILE_CACHE = /(^|\/)\.compile-cache\//;
const DOCKER_FILES = ['docker/Dockerfile', 'docker/check-base.cjs'];
/** Files of packages that no program reads while it runs. */
const LEFT_OUT_FILES = /\.(map|ts|mts|cts|md|markdown|flow|gyp|gypi|tsbuildinfo)$/i;
const LEFT_OUT_FOLDERS = new Set([
  'test',
  'tests',
  '__tests__',
  'benchmark',
  'benchmarks',
  'bench',
  'docs',
  'doc',
  'example',
  'examples',
  '.github',
  'node_modules',
]);
const NATIVE_MODULE = 'better-sqlite3';
const NATIVE_LEFT_OUT = /^(deps|src|build)\/|^prebuilds\/(?!linux)/;
const TAR_BLOCK = 512;
/** The same for every build, so that unchanged files give unchanged layers. */
const MODIFIED = new Date(0);

interface ContextFile {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
}

const filesUnder = async (
  folder: string,
  place: string,
  keep: (path: string) => boolean,
): Promise<readonly ContextFile[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(keep)
    .sort();
  return Promise.all(paths.map((path) => contextFile(join(folder, path), `${place}/${path}`)));
};

const contextFile = async (path: string, name: string): Promise<ContextFile> => {
  const { size, mode } = await stat(path);
  return { name, path, size, executable: (mode & 0o100) !== 0 };
};

const packageFiles = ({ folder, place }: PlacedPackage): Promise<readonly ContextFile[]> => {
  const native = place.endsWith(`node_modules/${NATIVE_MODULE}`);
  return filesUnder(folder, place, (path) => {
    const [top = ''] = path.split('/');
    const nested = path.includes('/');
    if (nested && LEFT_OUT_FOLDERS.has(top)) {
      return false;
    }
    if (LEFT_OUT_FILES.test(path)) {
      return false;
    }
    return !(native && NATIVE_LEFT_OUT.test(path));
  });
};

const tarBytes = (files: readonly { readonly size: number }[]): number =>
  files.reduce((sum, { size }) => sum + TAR_BLOCK + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK, 0) +
  2 * TAR_BLOCK;

/** Describes what the image is built from, as far as it tells one package from another. */
interface Layout {
  readonly version: string;
  /** The package.json that goes into the image. */
  readonly packageJson: string;
  readonly packages: readonly PlacedPackage[];
  readonly dockerFiles: readonly ContextFile[];
  /** The compiled backend and page. */
  readonly code: readonly ContextFile[];
}

const readLayout = async (root: string): Promise<Layout> => {
  const missing = ['dist/backend/entry/main.js', ...DOCKER_FILES].find(
    (file) => !existsSync(join(root, file)),
  );
  if (missing !== undefined) {
    throw new Error(`the package at ${root} is not complete: no ${missing}`);
  }
  const manifest = await readManifest(root);
  const dependencies = manifest.dependencies ?? {};
  const code = BACKEND_CODE.filter((each) => existsSync(join(root, 'dist', each)));
  const [packages, dockerFiles, codeFiles] = await Promise.all([
    productionClosure(root, Object.keys(dependencies)),
    Promise.all(DOCKER_FILES.map((file) => contextFile(join(root, file), file))),
    Promise.all(
      code.map((each) =>
        filesUnder(join(root, 'dist', each), `dist/${each}`, (path) => !COMPILE_CACHE.test(path)),
      ),
    ),
  ]);
  const packageJson = JSON.stringify(
    {
      name: manifest.name,
      version: manifest.version,
      type: 'module',
      dependencies,
    },
    undefined,
    2,
  );
  return { version: manifest.version, packageJson, packages, dockerFiles, code: codeFiles.flat() };
};

const digestOf = async ({ packageJson, packages, dockerFiles, code }: Layout): Promise<string> => {
  const hash = createHash('sha256').update(packageJson);
  for (const { place, version } of packages) {
    hash.update(`\n${place}@${version}`);
  }
  for (const { name, path } of [...dockerFiles, ...code]) {
    const content = await readFile(path);
    hash.update(`\n${name} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
};

/**
 * Returns what tells two builds of our image from each other, whatever the version says: the backend's and the page's
 * files, the Docker files, and name and version of each package inside. The same on every host.
 *
 * @param root folder of our package
 * @returns SHA-256 in hex
 * @throws Error when the package was not built or is not completely installed
 */
export const contextDigest = async (root: string): Promise<string> => digestOf(await readLayout(root));

/**
 * Collects what the image is built from: the compiled backend and page, and the installed packages which the
 * backend needs. The layout is the package's own, so the Dockerfile also builds from an installed package.
 *
 * @param root folder of our package: a checkout that was built, or an installation
 * @throws Error when the package was not built or is not completely installed
 */
export const packContext = async (root: string): Promise<BuildContext> => {
  const layout = await readLayout(root);
  const { packageJson, dockerFiles, code } = layout;
  const packages = (await Promise.all(layout.packages.map(packageFiles))).flat();
  const groups = [...dockerFiles, ...packages, ...code];
  const tar = pack();
  const fill = async (): Promise<void> => {
    const put = (name: string, content: Buffer, mode: number) =>
      new Promise<void>((resolve, reject) => {
        const entry = tar.entry({ name, mode, mtime: MODIFIED, uid: 0, gid: 0 }, content, (error) => {
          if (error === undefined || error === null) {
            resolve();
          } else {
            reject(error);
          }
        });
        // Whoever reads may give up: then the entry under way ends in an error of its own.
        entry.on('error', reject);
      });
    await put('package.json', Buffer.from(packageJson), 0o644);
    for (const { name, path, executable } of groups) {
      await put(name, await readFile(path), executable ? 0o755 : 0o644);
    }
    tar.finalize();
  };
  fill().catch((error: unknown) => {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return {
    tar: Readable.from(tar),
    dockerfile: 'docker/Dockerfile',
    version: layout.version,
    digest: await digestOf(layout),
    totalBytes: tarBytes([{ size: Buffer.byteLength(packageJson) }, ...groups]),
  };
};
