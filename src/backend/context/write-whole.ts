import { open, rename, rm } from 'node:fs/promises';

const writeUnfinished = async (unfinished: string, text: string): Promise<void> => {
  await rm(unfinished, { force: true });
  const handle = await open(unfinished, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

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
    await writeUnfinished(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
};

/**
 * Writes files that belong together like {@link writeWhole}: none gets its name before all are on the disk.
 *
 * @param files text by path; renamed in this order
 */
export const writeTogether = async (files: ReadonlyMap<string, string>): Promise<void> => {
  const unfinished = (file: string): string => `${file}.${process.pid}`;
  try {
    for (const [file, text] of files) {
      await writeUnfinished(unfinished(file), text);
    }
    for (const file of files.keys()) {
      await rename(unfinished(file), file);
    }
  } catch (error) {
    for (const file of files.keys()) {
      await rm(unfinished(file), { force: true });
    }
    throw error;
  }
};
