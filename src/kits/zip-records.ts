const VERSION = { plain: 20, aes: 51 } as const;
const UNIX = 3;
const ENCRYPTED = 0x0001;
const UTF8 = 0x0800;
const METHOD_AES = 99;
const FOLDER_ATTRIBUTE = 0x10;
const TYPE = { folder: 0o040000, file: 0o100000 } as const;

/** An entry of the zip's central directory. */
export interface ZipEntry {
  /** A name that ends with a slash is a folder. */
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly time: Date;
  readonly encryption: 'none' | 'zipcrypto' | 'aes256';
  /** CRC-32 of the content before compression and encryption. */
  readonly crc: number;
  readonly method: 'stored' | 'deflated';
  /** Bytes before compression. */
  readonly size: number;
  /** Bytes in the zip, including the overhead of encryption. */
  readonly storedSize: number;
  /** Offset of the entry's local header. */
  readonly offset: number;
}

const dosTime = (time: Date): number => {
  const date =
    ((Math.max(time.getFullYear(), 1980) - 1980) << 9) | ((time.getMonth() + 1) << 5) | time.getDate();
  const clock = (time.getHours() << 11) | (time.getMinutes() << 5) | (time.getSeconds() >> 1);
  return ((date << 16) | clock) >>> 0;
};

const field = (id: number, content: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id);
  head.writeUInt16LE(content.length, 2);
  return Buffer.concat([head, content]);
};

const methodOf = ({ method }: ZipEntry): number => (method === 'deflated' ? 8 : 0);

/** The time in UTC, which DOS time is not, and for AES the field that APPNOTE's appendix requires: AE-2, 256 bits. */
const extraOf = (entry: ZipEntry): Buffer => {
  const time = Buffer.alloc(5, 1);
  time.writeUInt32LE(Math.floor(entry.time.getTime() / 1000), 1);
  const stamp = field(0x5455, time);
  if (entry.encryption !== 'aes256') {
    return stamp;
  }
  return Buffer.concat([stamp, field(0x9901, Buffer.from([2, 0, 0x41, 0x45, 3, methodOf(entry), 0]))]);
};

const versionOf = ({ encryption }: ZipEntry): number => VERSION[encryption === 'aes256' ? 'aes' : 'plain'];

/** The 26 bytes shared by local and central headers, from "version needed" to the extra field's length. */
const shared = (entry: ZipEntry, name: Buffer, extra: Buffer): Buffer => {
  const aes = entry.encryption === 'aes256';
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(versionOf(entry));
  bytes.writeUInt16LE(UTF8 | (entry.encryption === 'none' ? 0 : ENCRYPTED), 2);
  bytes.writeUInt16LE(aes ? METHOD_AES : methodOf(entry), 4);
  bytes.writeUInt32LE(dosTime(entry.time), 6);
  bytes.writeUInt32LE(aes ? 0 : entry.crc, 10);
  bytes.writeUInt32LE(entry.storedSize, 14);
  bytes.writeUInt32LE(entry.size, 18);
  bytes.writeUInt16LE(name.length, 22);
  bytes.writeUInt16LE(extra.length, 24);
  return bytes;
};

/** The header right before an entry's bytes (APPNOTE 4.3.7). */
export const localHeader = (entry: ZipEntry): Buffer => {
  const name = Buffer.from(entry.path, 'utf8');
  const extra = extraOf(entry);
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared(entry, name, extra), name, extra]);
};

const centralHeader = (entry: ZipEntry): Buffer => {
  const name = Buffer.from(entry.path, 'utf8');
  const extra = extraOf(entry);
  const folder = entry.path.endsWith('/');
  const start = Buffer.from([0x50, 0x4b, 1, 2, versionOf(entry), UNIX]);
  const rest = Buffer.alloc(14);
  const unix = ((folder ? TYPE.folder : TYPE.file) | entry.mode) * 0x10000;
  rest.writeUInt32LE(unix + (folder ? FOLDER_ATTRIBUTE : 0), 6);
  rest.writeUInt32LE(entry.offset, 10);
  return Buffer.concat([start, shared(entry, name, extra), rest, name, extra]);
};

/**
 * Returns the zip's central directory and its end record (APPNOTE 4.3.12, 4.3.16), without Zip64.
 *
 * @param offset where the directory begins: the bytes written before it
 * @throws RangeError beyond 65,535 entries or 4 GiB
 */
export const directoryOf = (entries: readonly ZipEntry[], offset: number): Buffer => {
  const headers = Buffer.concat(entries.map(centralHeader));
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(headers.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([headers, end]);
};
