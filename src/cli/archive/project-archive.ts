import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { z } from 'zod';
import { FAULTS } from '../errors/faults.ts';
import { systemReason } from '../errors/system-reason.ts';

const MANIFEST = 'manifest.json';
const FORMAT = 1;
const PRIVATE = 0o600;
const MAX_BYTES = 16 * 1024 ** 3;

/** What a project consists of, by its path in the folder; the database first. */
export const PROJECT_FILES = [
  'db.sqlite',
  '.jwt-key',
  'cert/web.crt',
  'cert/web.key',
  'cert/acme-account.key',
  'cert/acme.json',
  'properties.yml',
  'properties.json',
] as const;
export type ProjectFile = (typeof PROJECT_FILES)[number];

const Manifest = z.object({ format: z.literal(FORMAT), version: z.string(), createdAt: z.iso.datetime() });
export type Manifest = z.infer<typeof Manifest>;

const isProjectFile = (name: string): name is ProjectFile => PROJECT_FILES.some((file) => file === name);

const isMissing = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';

const unusable = (path: string, cause: unknown, advice: string): Error =>
  FAULTS.fileUnusable({ path, reason: systemReason(cause), advice }, { cause });

/**
 * Writes a gzipped tar archive, mode 0600; a failure leaves no file.
 *
 * @param sources where each file lies now; those that are not there are left out
 * @returns its size in bytes
 * @throws CliError `file_unusable`
 */
export const writeArchive = async (
  path: string,
  sources: ReadonlyMap<ProjectFile, string>,
  manifest: Omit<Manifest, 'format'>,
): Promise<number> => {
  const partial = `${path}.partial`;
  const archive = pack();
  const put = async (): Promise<void> => {
    const mtime = new Date(manifest.createdAt);
    archive.entry({ name: MANIFEST, mode: PRIVATE, mtime }, JSON.stringify({ format: FORMAT, ...manifest }));
    for (const [name, source] of sources) {
      const facts = await stat(source).catch((thrown: unknown) => {
        if (isMissing(thrown)) {
          return undefined;
        }
        throw thrown;
      });
      if (facts === undefined) {
        continue;
      }
      const entry = archive.entry({ name, mode: PRIVATE, mtime, size: facts.size });
      await pipeline(createReadStream(source, { end: Math.max(facts.size - 1, 0) }), entry);
    }
    archive.finalize();
  };
  try {
    const file = await open(partial, 'wx', PRIVATE);
    await Promise.all([
      put().catch((thrown: unknown) => {
        archive.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)));
        throw thrown;
      }),
      pipeline(archive, createGzip(), file.createWriteStream({ flush: true })),
    ]);
    await rename(partial, path);
    return (await stat(path)).size;
  } catch (error) {
    await rm(partial, { force: true });
    throw unusable(path, error, 'Name a file in a folder that can be written, with space on its disk.');
  }
};

const damaged = (path: string, reason: string, cause?: unknown): Error =>
  FAULTS.fileUnusable(
    { path, reason, advice: 'Name an archive that `dashboard backup` made.' },
    cause === undefined ? {} : { cause },
  );

/**
 * Unpacks an archive into a folder, which takes nothing but the files of a project.
 *
 * @param into folder of mode 0700 that is empty
 * @returns which files it held, in the order of {@link PROJECT_FILES}
 * @throws CliError `file_unusable` for what `writeArchive` did not make
 */
export const readArchive = async (
  path: string,
  into: string,
): Promise<{ readonly manifest: Manifest; readonly files: readonly ProjectFile[] }> => {
  const found = new Set<string>();
  const tar = extract();
  let bytes = 0;
  const take = async (): Promise<void> => {
    for await (const entry of tar) {
      const { name, type, size } = entry.header;
      const known = name === MANIFEST || isProjectFile(name);
      if (type !== 'file' || !known || found.has(name)) {
        throw damaged(path, `it holds ${type} ${name}`);
      }
      bytes += size;
      if (bytes > MAX_BYTES) {
        throw damaged(path, 'it is too large');
      }
      found.add(name);
      const target = join(into, name);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await pipeline(entry, createWriteStream(target, { flags: 'wx', mode: PRIVATE }));
    }
  };
  try {
    await Promise.all([pipeline(createReadStream(path), createGunzip(), tar), take()]);
  } catch (error) {
    if (error instanceof Error && error.name === 'CliError') {
      throw error;
    }
    throw damaged(path, systemReason(error), error);
  }
  const manifest = await readFile(join(into, MANIFEST), 'utf8')
    .then((text) => Manifest.parse(JSON.parse(text)))
    .catch((cause: unknown) => {
      throw damaged(path, 'it has no manifest of a project', cause);
    });
  if (!found.has('db.sqlite')) {
    throw damaged(path, 'it holds no database');
  }
  return { manifest, files: PROJECT_FILES.filter((file) => found.has(file)) };
};
