import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { TransformStream } from 'node:stream/web';
import { configure, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import type { ZipEncryption } from '../domain/kit.ts';
import type { RenderedFile } from './kit-file.ts';

configure({ useWebWorkers: false });

const FOLDER_MODE = 0o755;
const AES_256 = 3;
/** Where the text is small, a higher level only takes longer. */
const DEFLATE_LEVEL = 6;

/** What goes into a kit's zip and how it is closed. */
export interface ZipContent {
  readonly files: readonly RenderedFile[];
  /** Folders without files. */
  readonly folders: readonly string[];
  /** Folder that holds everything, without a slash; empty: none. */
  readonly top: string;
  readonly password: string;
  readonly encryption: ZipEncryption;
  /** Time of all entries. */
  readonly time: Date;
}

const foldersOf = ({ files, folders, top }: ZipContent): readonly string[] => {
  const inside = [...files.map(({ path }) => posix.dirname(path)), ...folders].filter((path) => path !== '.');
  const below = [...new Set(inside)].toSorted();
  return top === '' ? below : ['', ...below];
};

const write = async (content: ZipContent, writer: ZipWriter<unknown>): Promise<void> => {
  const at = (path: string): string => (content.top === '' ? path : posix.join(content.top, path));
  for (const folder of foldersOf(content)) {
    await writer.add(`${at(folder).replace(/\/$/, '')}/`, undefined, {
      directory: true,
      unixMode: FOLDER_MODE,
    });
  }
  for (const file of content.files) {
    await writer.add(at(file.path), new Uint8ArrayReader(file.content), { unixMode: file.mode });
  }
  await writer.close();
};

/**
 * Zips files, entry by entry as the reader takes them: deflated, each file encrypted with the password (traditional
 * PKWARE, which every unzip opens, or WinZip AES-256), Unix modes kept, an entry for each folder (startup-kits 2).
 *
 * @returns the zip's bytes; destroyed with the error when one comes on the way
 */
export const zipStream = (content: ZipContent): Readable => {
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const writer = new ZipWriter(pipe.writable, {
    password: content.password,
    zipCrypto: content.encryption === 'zipcrypto',
    encryptionStrength: AES_256,
    level: DEFLATE_LEVEL,
    lastModDate: content.time,
  });
  const zip = Readable.fromWeb(pipe.readable);
  write(content, writer).catch((error: unknown) => {
    zip.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return zip;
};
