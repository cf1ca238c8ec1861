import { createCipheriv, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

const KEY_BYTES = 32;
const SALT_BYTES = 16;
const CHECK_BYTES = 2;
const MAC_BYTES = 10;
const BLOCK_BYTES = 16;
/** Fixed by the WinZip format. */
const ITERATIONS = 1000;

/** Little-endian counters starting at 1; Node's CTR mode counts big-endian. */
const counters = (length: number): Buffer => {
  const blocks = Buffer.alloc(Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES);
  for (let at = 0; at < blocks.length; at += BLOCK_BYTES) {
    blocks.writeUInt32LE(at / BLOCK_BYTES + 1, at);
  }
  return blocks;
};

/**
 * Encrypts an entry's compressed bytes with WinZip's AES-256 (AE-2, encryption strength 3).
 *
 * @returns salt, password check, encrypted bytes and authentication code, as they stand in the zip
 */
export const zipAes = async (password: string, compressed: Uint8Array): Promise<Buffer> => {
  const salt = randomBytes(SALT_BYTES);
  const derived = await derive(password, salt, ITERATIONS, 2 * KEY_BYTES + CHECK_BYTES, 'sha1');
  const cipher = createCipheriv('aes-256-ecb', derived.subarray(0, KEY_BYTES), null).setAutoPadding(false);
  const mask = cipher.update(counters(compressed.length));
  const encrypted = Buffer.from(compressed);
  for (let index = 0; index < encrypted.length; index += 1) {
    encrypted[index] = (encrypted[index] ?? 0) ^ (mask[index] ?? 0);
  }
  const mac = createHmac('sha1', derived.subarray(KEY_BYTES, 2 * KEY_BYTES))
    .update(encrypted)
    .digest();
  return Buffer.concat([salt, derived.subarray(2 * KEY_BYTES), encrypted, mac.subarray(0, MAC_BYTES)]);
};
