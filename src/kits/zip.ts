import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';
import type { ZipEncryption } from '../contract/zip-encryption.ts';
import type { RenderedFile } from './kit-file.ts';
import { zipAes } from './zip-aes.ts';
import { zipCrypto } from './zip-crypto.ts';
import { directoryOf, localHeader, type ZipEntry } from './zip-records.ts';

const FOLDER_MODE = 0o755;

/** The contents of a kit's zip and its encryption. */
export interface ZipContent {
  readonly files: readonly RenderedFile[];
  /** Folders without files. */
  readonly folders: readonly string[];
  /** Top folder that holds everything, without a slash; empty for none. */
  readonly top: string;
  readonly password: string;
  readonly encryption: ZipEncryption | 'none';
  /** Time of all entries. */
  readonly time: Date;
}

const foldersOf = ({ files, folders, top }: ZipContent): readonly string[] => {
  const inside = [...files.map(({ path }) => posix.dirname(path)), ...folders].filter((path) => path !== '.');
  const below = [...new Set(inside)].toSorted();
  return top === '' ? below : ['', ...below];
};

const NO_CONTENT = { encryption: 'none', crc: 0, method: 'stored', size: 0, storedSize: 0 } as const;

interface Compressed {
  readonly crc: number;
  readonly method: 'stored' | 'deflated';
  readonly bytes: Buffer;
}

/** Compressed forms of contents that many kits share; each is dropped together with its content. */
const known = new WeakMap<Buffer, Compressed>();

const compressed = (content: Buffer): Compressed => {
  const before = known.get(content);
  if (before !== undefined) {
    return before;
  }
  const deflated = deflateRawSync(content);
  const smaller = deflated.length < content.length;
  const made = {
    crc: crc32(content),
    method: smaller ? 'deflated' : 'stored',
    bytes: smaller ? deflated : content,
  } as const;
  known.set(content, made);
  return made;
};

const encrypted = async (
  encryption: ZipContent['encryption'],
  password: string,
  bytes: Buffer,
  crc: number,
): Promise<Buffer> => {
  if (encryption === 'none') {
    return bytes;
  }
  return encryption === 'aes256' ? zipAes(password, bytes) : zipCrypto(password, bytes, crc);
};

async function* write(content: ZipContent): AsyncGenerator<Buffer, void> {
  const { top, password, encryption, time } = content;
  const at = (path: string): string => (top === '' ? path : posix.join(top, path));
  const entries: ZipEntry[] = [];
  let offset = 0;
  const put = (entry: Omit<ZipEntry, 'offset' | 'time'>, stored: Uint8Array): Buffer => {
    const placed = { ...entry, time, offset };
    const bytes = Buffer.concat([localHeader(placed), stored]);
    entries.push(placed);
    offset += bytes.length;
    return bytes;
  };
  const folders = foldersOf(content).map((folder) => {
    const path = `${at(folder).replace(/\/$/, '')}/`;
    return put({ ...NO_CONTENT, path, mode: FOLDER_MODE }, Buffer.alloc(0));
  });
  yield Buffer.concat(folders);
  for (const file of content.files) {
    const { crc, method, bytes } = compressed(file.content);
    const stored = await encrypted(encryption, password, bytes, crc);
    yield put(
      {
        path: at(file.path),
        mode: file.mode,
        encryption,
        crc,
        method,
        size: file.content.length,
        storedSize: stored.length,
      },
      stored,
    );
  }
  yield directoryOf(entries, offset);
}

/**
 * Zips files, entry by entry as they are read: deflated, each file encrypted with the password (traditional
 * PKWARE, which every unzip program opens, or WinZip AES-256), with Unix modes and an entry for each folder (docs/startup-kit-format.md#zip).
 * Not a library: those measured set up web streams for each entry, which takes longer than the rest of a kit.
 *
 * @returns the zip's bytes; destroyed with the error when one comes on the way
 */
export const zipStream = (content: ZipContent): Readable =>
  Readable.from(write(content), { objectMode: false });
