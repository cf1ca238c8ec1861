import { hash } from 'node:crypto';

/** What RFC 7292 (B.3) derives: the key, the vector or the key of the MAC. */
export const PURPOSE = { key: 1, vector: 2, mac: 3 } as const;
type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

/** Bytes of a digest and of its blocks. */
export const DIGESTS = {
  sha1: { size: 20, block: 64 },
  sha224: { size: 28, block: 64 },
  sha256: { size: 32, block: 64 },
  sha384: { size: 48, block: 128 },
  sha512: { size: 64, block: 128 },
} as const;
export type Digest = keyof typeof DIGESTS;

export interface Pkcs12Derivation {
  readonly digest: Digest;
  readonly salt: Buffer;
  readonly rounds: number;
  readonly purpose: Purpose;
  /** Bytes. */
  readonly length: number;
}

/** Repeats bytes up to the next multiple of a block; nothing stays nothing. */
const filled = (bytes: Buffer, block: number): Buffer => {
  const length = Math.ceil(bytes.length / block) * block;
  return length === 0 ? Buffer.alloc(0) : Buffer.alloc(length, bytes);
};

/** Adds a block and 1 to each block of the input, modulo its size. */
const addToBlocks = (input: Buffer, addend: Buffer): Buffer => {
  const sum = Buffer.from(input);
  for (let start = 0; start < sum.length; start += addend.length) {
    let carry = 1;
    for (let index = addend.length - 1; index >= 0; index -= 1) {
      carry += (sum[start + index] ?? 0) + (addend[index] ?? 0);
      sum[start + index] = carry & 0xff;
      carry >>= 8;
    }
  }
  return sum;
};

/**
 * Derives bytes of a passphrase as PKCS#12 does (RFC 7292, B.2).
 *
 * @param passphrase UTF-16, big endian, with its end
 */
export const pkcs12Key = (
  passphrase: Buffer,
  { digest, salt, rounds, purpose, length }: Pkcs12Derivation,
): Buffer => {
  const { size, block } = DIGESTS[digest];
  const diversifier = Buffer.alloc(block, purpose);
  let input: Buffer = Buffer.concat([filled(salt, block), filled(passphrase, block)]);
  const parts: Buffer[] = [];
  for (let done = 0; done < length; done += size) {
    let part: Buffer = Buffer.concat([diversifier, input]);
    for (let round = 0; round < rounds; round += 1) {
      part = hash(digest, part, 'buffer');
    }
    parts.push(part);
    input = addToBlocks(input, filled(part, block).subarray(0, block));
  }
  return Buffer.concat(parts).subarray(0, length);
};
