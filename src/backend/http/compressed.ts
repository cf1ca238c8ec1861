import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Encoding } from './accepted-encoding.ts';

/** Two milliseconds for a list of a thousand; the best quality takes a hundred times as long. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const COMPRESS = {
  br: (content: Buffer) => brotliCompressSync(content, QUALITY),
  gzip: (content: Buffer) => gzipSync(content),
} as const;

/** Compressed forms of kept responses. */
const known = { br: new WeakMap<Buffer, Buffer>(), gzip: new WeakMap<Buffer, Buffer>() };

/** Compresses; the same Buffer only once. */
export const compressed = (content: string | Buffer, encoding: Encoding): Buffer => {
  if (typeof content === 'string') {
    return COMPRESS[encoding](Buffer.from(content));
  }
  const made = known[encoding].get(content) ?? COMPRESS[encoding](content);
  known[encoding].set(content, made);
  return made;
};
