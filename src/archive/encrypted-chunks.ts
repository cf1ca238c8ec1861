import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  Base64Bytes,
  derivePassphraseKey,
  isSameCheck,
  KeyDerivation,
  newPassphraseKey,
} from '../pki/passphrase-key.ts';
import { ArchiveError } from './archive-error.ts';

const CIPHER = 'aes-256-gcm';
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const PREFIX_BYTES = 7;
const NONCE_BYTES = 12;
const MAX_HEADER_BYTES = 4096;
const LINE_FEED = 0x0a;

/** First bytes of every encrypted archive. */
export const MAGIC = '{"format":"nvflare-dashboard encrypted archive",';

const Header = z.strictObject({
  format: z.literal('nvflare-dashboard encrypted archive'),
  version: z.literal(1),
  kdf: KeyDerivation,
  check: Base64Bytes,
  cipher: z.strictObject({ name: z.literal(CIPHER), prefix: Base64Bytes, chunk: z.literal(CHUNK_BYTES) }),
});

interface Chunks {
  readonly key: Buffer;
  readonly prefix: Buffer;
  /** The header's line: every chunk's tag covers it. */
  readonly bound: Buffer;
}

/** STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): order and end of the chunks stand in their nonces. */
const nonceOf = (prefix: Buffer, counter: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(NONCE_BYTES);
  prefix.copy(nonce);
  nonce.writeUInt32BE(counter, PREFIX_BYTES);
  nonce.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1);
  return nonce;
};

const sealChunk = (
  { key, prefix, bound }: Chunks,
  counter: number,
  content: Buffer,
  isLast: boolean,
): Buffer => {
  const cipher = createCipheriv(CIPHER, key, nonceOf(prefix, counter, isLast)).setAAD(bound);
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
};

/** @returns undefined for a chunk that was not sealed like this */
const openChunk = (
  { key, prefix, bound }: Chunks,
  counter: number,
  chunk: Buffer,
  isLast: boolean,
): Buffer | undefined => {
  const nonce = nonceOf(prefix, counter, isLast);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(bound);
  decipher.setAuthTag(chunk.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(chunk.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
};

/** Cuts a stream into pieces of one size; the last one, which may be empty, is marked. */
async function* cut(
  source: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ readonly piece: Buffer; readonly isLast: boolean }> {
  let rest = Buffer.alloc(0);
  for await (const bytes of source) {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length > size) {
      yield { piece: rest.subarray(0, size), isLast: false };
      rest = rest.subarray(size);
    }
  }
  yield { piece: rest, isLast: true };
}

/** Encrypts a stream under a passphrase: one line of JSON (scrypt's parameters), then chunks of AES-256-GCM. */
export const encryptChunks = (passphrase: string) =>
  async function* encrypt(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const { key, check, kdf } = await newPassphraseKey(passphrase);
    const prefix = randomBytes(PREFIX_BYTES);
    const header = `${MAGIC}${JSON.stringify({
      version: 1,
      kdf,
      check: check.toString('base64'),
      cipher: { name: CIPHER, prefix: prefix.toString('base64'), chunk: CHUNK_BYTES },
    }).slice(1)}`;
    const chunks = { key, prefix, bound: Buffer.from(header) };
    yield Buffer.from(`${header}\n`);
    let counter = 0;
    for await (const { piece, isLast } of cut(source, CHUNK_BYTES)) {
      yield sealChunk(chunks, counter, piece, isLast);
      counter += 1;
    }
  };

/** Splits off the header's line. @returns the rest as a stream */
const takeHeader = async (
  source: AsyncIterable<Buffer>,
): Promise<{ readonly line: Buffer; readonly rest: AsyncIterable<Buffer> }> => {
  const iterator = source[Symbol.asyncIterator]();
  let begun = Buffer.alloc(0);
  for (;;) {
    const end = begun.indexOf(LINE_FEED);
    if (end >= 0) {
      const first = begun.subarray(end + 1);
      const rest = async function* (): AsyncGenerator<Buffer> {
        yield first;
        for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
          yield next.value;
        }
      };
      return { line: begun.subarray(0, end), rest: rest() };
    }
    const next = begun.length > MAX_HEADER_BYTES ? { done: true as const } : await iterator.next();
    if (next.done === true) {
      throw new ArchiveError('unusable', 'its encryption header is damaged');
    }
    begun = Buffer.concat([begun, next.value]);
  }
};

const readHeader = (line: Buffer): z.infer<typeof Header> => {
  try {
    return Header.parse(JSON.parse(line.toString('utf8')));
  } catch (error) {
    throw new ArchiveError('unusable', 'its encryption header is damaged', { cause: error });
  }
};

/**
 * Decrypts what {@link encryptChunks} wrote. Nothing of a chunk is passed on before its tag is checked.
 *
 * @throws ArchiveError `passphrase_wrong`, `unusable` for what is cut off, reordered or damaged
 */
export const decryptChunks = (passphrase: string) =>
  async function* decrypt(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const { line, rest } = await takeHeader(source);
    const { kdf, check, cipher } = readHeader(line);
    const derived = await derivePassphraseKey(passphrase, kdf);
    if (!isSameCheck(check, derived.check)) {
      throw new ArchiveError('passphrase_wrong', 'the passphrase does not open it');
    }
    const chunks = { key: derived.key, prefix: cipher.prefix, bound: line };
    let counter = 0;
    for await (const { piece, isLast } of cut(rest, CHUNK_BYTES + TAG_BYTES)) {
      const opened = piece.length < TAG_BYTES ? undefined : openChunk(chunks, counter, piece, isLast);
      if (opened === undefined) {
        const whole =
          isLast && piece.length > TAG_BYTES && openChunk(chunks, counter, piece, false) !== undefined;
        throw new ArchiveError(
          'unusable',
          whole || piece.length === 0
            ? 'it is cut off'
            : `it was changed, or is damaged or cut off, in chunk ${counter + 1}`,
        );
      }
      yield opened;
      counter += 1;
    }
  };
