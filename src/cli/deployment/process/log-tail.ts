import { open } from 'node:fs/promises';

const TAIL_BYTES = 64 * 1024;

/**
 * The last lines of a log.
 *
 * @param from byte offset before which nothing is read
 * @param count at most so many lines
 */
export const readLogTail = async (path: string, from: number, count: number): Promise<readonly string[]> => {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) {
    return [];
  }
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - TAIL_BYTES, 0);
    if (size <= start) {
      return [];
    }
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n');
    return lines.filter((line) => line !== '').slice(-count);
  } finally {
    await file.close();
  }
};
