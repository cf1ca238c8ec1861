import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { decryptChunks, encryptChunks } from './encrypted-chunks.ts';

const PASSPHRASE = 'seven grey herons';
const CHUNK = 64 * 1024;
const SEALED_CHUNK = CHUNK + 16;

const streamOf = (content: Buffer, size = 10_000): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(content.length / size) }, (_, at) =>
      content.subarray(at * size, (at + 1) * size),
    ),
  );
const encrypt = (content: Buffer): Promise<Buffer> =>
  buffer(Readable.from(encryptChunks(PASSPHRASE)(streamOf(content))));
const decrypt = (content: Buffer, passphrase = PASSPHRASE): Promise<Buffer> =>
  buffer(Readable.from(decryptChunks(passphrase)(streamOf(content))));

it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])(
  'gives %d bytes back as they were',
  async (size) => {
    const content = randomBytes(size);
    const encrypted = await encrypt(content);
    expect((await decrypt(encrypted)).equals(content)).toBe(true);
  },
);

it('takes a passphrase in either Unicode form', async () => {
  const source = () => streamOf(Buffer.from('x'));
  const encrypted = await buffer(Readable.from(encryptChunks('Mu\u0308nchen')(source())));
  expect((await decrypt(encrypted, 'M\u00fcnchen')).toString()).toBe('x');
});

describe('an encrypted stream of four chunks', () => {
  let encrypted: Buffer = Buffer.alloc(0);
  let other: Buffer = Buffer.alloc(0);
  const start = (): number => encrypted.indexOf('\n') + 1;
  const chunk = (at: number, of = encrypted): Buffer => {
    const from = of.indexOf('\n') + 1 + at * SEALED_CHUNK;
    return of.subarray(from, from + SEALED_CHUNK);
  };
  const of = (...chunks: readonly Buffer[]): Buffer =>
    Buffer.concat([encrypted.subarray(0, start()), ...chunks]);
  const flipped = (at: number): Buffer => {
    const copy = Buffer.from(encrypted);
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
    return copy;
  };

  beforeAll(async () => {
    const content = randomBytes(3 * CHUNK + 17);
    [encrypted, other] = await Promise.all([encrypt(content), encrypt(content)]);
  });

  it('says that another passphrase is wrong', async () => {
    await expect(decrypt(encrypted, 'eight white storks')).rejects.toMatchObject({
      code: 'passphrase_wrong',
    });
  });

  it.each<[string, () => Buffer]>([
    ['cut off after a chunk', () => of(chunk(0), chunk(1))],
    ['cut off before its last chunk', () => of(chunk(0), chunk(1), chunk(2))],
    ['without a chunk', () => of()],
  ])('says that one %s is cut off', async (_what, damaged) => {
    await expect(decrypt(damaged())).rejects.toMatchObject({ code: 'unusable', message: 'it is cut off' });
  });

  it.each<[string, () => Buffer]>([
    ['cut off within a chunk', () => encrypted.subarray(0, start() + SEALED_CHUNK + 100)],
    ['cut off by a byte', () => encrypted.subarray(0, -1)],
    ['with two chunks exchanged', () => of(chunk(1), chunk(0), chunk(2), chunk(3))],
    ['with a chunk left out', () => of(chunk(0), chunk(2), chunk(3))],
    ['with a chunk twice', () => of(chunk(0), chunk(0), chunk(1), chunk(2), chunk(3))],
    ['with a chunk of another archive', () => of(chunk(0), chunk(1, other), chunk(2), chunk(3))],
    ['with something after its end', () => Buffer.concat([encrypted, Buffer.from('more')])],
    ['with another last chunk after it', () => of(chunk(0), chunk(1), chunk(2), chunk(3), chunk(3))],
    ['with a bit changed in the first chunk', () => flipped(start())],
    ['with a bit changed in the last tag', () => flipped(encrypted.length - 1)],
    [
      'with the header of another',
      () => Buffer.concat([other.subarray(0, other.indexOf('\n') + 1), encrypted.subarray(start())]),
    ],
    ['without a header', () => encrypted.subarray(start())],
    [
      'with a header that asks for too much',
      () => Buffer.from(encrypted.toString('latin1').replace('"N":131072', '"N":999999999'), 'latin1'),
    ],
    ['with nothing in it', () => Buffer.alloc(0)],
  ])('refuses one %s', async (_what, damaged) => {
    await expect(decrypt(damaged())).rejects.toMatchObject({ name: 'ArchiveError' });
  });
});
