import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { z } from 'zod';
import { isMissing } from '../contract/error-code.ts';
import { ArchiveError } from './archive-error.ts';
import { decryptChunks, encryptChunks, MAGIC } from './encrypted-chunks.ts';

const MANIFEST = 'manifest.json';
const FORMAT = 1;
const PRIVATE = 0o600;
const MAX_BYTES = 16 * 1024 ** 3;

/** Parts of a project, by their path in the folder; the database first. */
export const PROJECT_FILES = [
  'db.sqlite',
  '.jwt-key',
  '.audit-key',
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

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Name of an archive in a folder of many; they sort by time. */
export const archiveName = (now: Date, encrypted: boolean): string =>
  `dashboard-${now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z.tar.gz${encrypted ? '.enc' : ''}`;

interface ArchiveContent {
  /** Where each file lies now; those that are not there are left out. */
  readonly sources: ReadonlyMap<ProjectFile, string>;
  readonly manifest: Omit<Manifest, 'format'>;
  /** Undefined writes it unencrypted. */
  readonly passphrase: string | undefined;
}

/**
 * Writes a gzipped tar archive, mode 0600, encrypted where there is a passphrase; an error leaves no file.
 *
 * @returns its size in bytes
 * @throws ArchiveError `unwritable`
 */
export const writeArchive = async (
  path: string,
  { sources, manifest, passphrase }: ArchiveContent,
): Promise<number> => {
  const partial = `${path}.partial`;
  const archive = pack();
  const put = async (): Promise<void> => {
    const mtime = new Date(manifest.createdAt);
    archive.entry({ name: MANIFEST, mode: PRIVATE, mtime }, JSON.stringify({ format: FORMAT, ...manifest }));
    for (const [name, source] of sources) {
      const facts = await stat(source).catch((error: unknown) => {
        if (isMissing(error)) {
          return undefined;
        }
        throw error;
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
    const target = file.createWriteStream({ flush: true });
    await Promise.all([
      put().catch((error: unknown) => {
        archive.destroy(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }),
      passphrase === undefined
        ? pipeline(archive, createGzip(), target)
        : pipeline(archive, createGzip(), encryptChunks(passphrase), target),
    ]);
    await rename(partial, path);
    return (await stat(path)).size;
  } catch (error) {
    await rm(partial, { force: true });
    throw new ArchiveError('unwritable', reasonOf(error), { cause: error });
  }
};

/** True for an archive that needs a passphrase. @throws ArchiveError `unusable` when it cannot be read */
export const isEncryptedArchive = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
      return buffer.subarray(0, bytesRead).toString() === MAGIC;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new ArchiveError('unusable', reasonOf(error), { cause: error });
  }
};

interface Unpacked {
  readonly manifest: Manifest;
  /** In the order of {@link PROJECT_FILES}. */
  readonly files: readonly ProjectFile[];
}

/**
 * Unpacks an archive into a folder, which takes nothing but the files of a project.
 *
 * @param into folder of mode 0700 that is empty
 * @throws ArchiveError `unusable` for what `writeArchive` did not write, or a code of the passphrase
 */
export const readArchive = async (
  path: string,
  into: string,
  passphrase: string | undefined,
): Promise<Unpacked> => {
  const encrypted = await isEncryptedArchive(path);
  if (encrypted && passphrase === undefined) {
    throw new ArchiveError('passphrase_missing', 'it is encrypted');
  }
  if (!encrypted && passphrase !== undefined) {
    throw new ArchiveError('passphrase_unneeded', 'it is not encrypted');
  }
  const found = new Set<string>();
  const tar = extract();
  let bytes = 0;
  const take = async (): Promise<void> => {
    for await (const entry of tar) {
      const { name, type, size } = entry.header;
      const known = name === MANIFEST || isProjectFile(name);
      if (type !== 'file' || !known || found.has(name)) {
        throw new ArchiveError('unusable', `it holds ${type} ${name}`);
      }
      bytes += size;
      if (bytes > MAX_BYTES) {
        throw new ArchiveError('unusable', 'it is too large');
      }
      found.add(name);
      const target = join(into, name);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await pipeline(entry, createWriteStream(target, { flags: 'wx', mode: PRIVATE }));
    }
  };
  const source = createReadStream(path);
  try {
    await Promise.all([
      passphrase === undefined
        ? pipeline(source, createGunzip(), tar)
        : pipeline(source, decryptChunks(passphrase), createGunzip(), tar),
      take(),
    ]);
  } catch (error) {
    throw error instanceof ArchiveError
      ? error
      : new ArchiveError('unusable', reasonOf(error), { cause: error });
  }
  const manifest = await readFile(join(into, MANIFEST), 'utf8')
    .then((text) => Manifest.parse(JSON.parse(text)))
    .catch((error: unknown) => {
      throw new ArchiveError('unusable', 'it has no manifest of a project', { cause: error });
    });
  if (!found.has('db.sqlite')) {
    throw new ArchiveError('unusable', 'it holds no database');
  }
  return { manifest, files: PROJECT_FILES.filter((file) => found.has(file)) };
};
