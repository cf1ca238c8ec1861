import { randomBytes } from 'node:crypto';

const HEADER_BYTES = 12;

const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  }
  return remainder;
});

/**
 * Encrypts an entry's compressed bytes with PKWARE's traditional encryption (APPNOTE 6.1): weak, and the only
 * encryption that every unzip program opens.
 *
 * @param crc CRC-32 of the entry before compression; its highest byte lets a reader notice a wrong password
 * @returns the twelve bytes of the encryption header and the encrypted bytes
 */
export const zipCrypto = (password: string, compressed: Uint8Array, crc: number): Buffer => {
  let key0 = 0x12345678;
  let key1 = 0x23456789;
  let key2 = 0x34567890;
  const update = (byte: number): void => {
    key0 = (CRC[(key0 ^ byte) & 0xff] ?? 0) ^ (key0 >>> 8);
    key1 = (Math.imul(key1 + (key0 & 0xff), 134775813) + 1) | 0;
    key2 = (CRC[(key2 ^ (key1 >>> 24)) & 0xff] ?? 0) ^ (key2 >>> 8);
  };
  for (const byte of Buffer.from(password, 'utf8')) {
    update(byte);
  }
  const bytes = Buffer.concat([randomBytes(HEADER_BYTES), compressed]);
  bytes[HEADER_BYTES - 1] = crc >>> 24;
  for (let index = 0; index < bytes.length; index += 1) {
    const plain = bytes[index] ?? 0;
    const mix = (key2 | 2) & 0xffff;
    bytes[index] = plain ^ (Math.imul(mix, mix ^ 1) >>> 8);
    update(plain);
  }
  return bytes;
};
