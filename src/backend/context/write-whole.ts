import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file of mode 0600 that is there whole or not at all, also after a power cut: a name in place before the text
 * is on the disk would stand for an empty file.
 *
 * @param unfinished its name until then; that of the process, where several may write it at once
 */
export const writeWhole = async (
  file: string,
  text: string,
  unfinished = `${file}.${process.pid}`,
): Promise<void> => {
  try {
    await rm(unfinished, { force: true });
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
};
