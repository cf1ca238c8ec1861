import { buffer } from 'node:stream/consumers';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';

/** A zip that somebody sent is not what was asked for; the message completes "the zip …". */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

export interface ZipLimits {
  readonly members: number;
  /** Of each member, unpacked. */
  readonly memberBytes: number;
}

const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const UNIX = 3;

const requireRegular = (entry: Entry, { memberBytes }: ZipLimits): void => {
  const name = JSON.stringify(entry.fileName);
  if (entry.fileName.includes('/')) {
    throw new ZipError(`holds a folder or a member in one: ${name}`);
  }
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (entry.versionMadeBy >>> 8 === UNIX && type !== 0 && type !== REGULAR) {
    throw new ZipError(`holds a member that is not a regular file: ${name}`);
  }
  if (entry.isEncrypted()) {
    throw new ZipError(`holds an encrypted member: ${name}`);
  }
  if (entry.uncompressedSize > memberBytes) {
    throw new ZipError(`holds a member of more than ${memberBytes} bytes: ${name}`);
  }
};

const readMembers = async (zip: ZipFile, limits: ZipLimits): Promise<ReadonlyMap<string, Buffer>> => {
  if (zip.entryCount > limits.members) {
    throw new ZipError(`holds more than ${limits.members} members`);
  }
  const members = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    requireRegular(entry, limits);
    if (members.has(entry.fileName)) {
      throw new ZipError(`holds a member twice: ${entry.fileName}`);
    }
    // The library ends the stream with an error where more comes out than the size promises.
    members.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return members;
};

/**
 * Unpacks a small zip from an untrusted source: flat, regular files only, each below the limit.
 *
 * @throws ZipError saying what is wrong with it
 */
export const readSmallZip = async (
  bytes: Buffer,
  limits: ZipLimits,
): Promise<ReadonlyMap<string, Buffer>> => {
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true });
    try {
      return await readMembers(zip, limits);
    } finally {
      zip.close();
    }
  } catch (error) {
    if (error instanceof ZipError) {
      throw error;
    }
    throw new ZipError(`cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`, {
      cause: error,
    });
  }
};
