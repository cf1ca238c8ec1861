import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file that is whole at every moment. */
export const replaceFile = async (path: string, content: string, mode: number): Promise<void> => {
  const temporary = `${path}.${process.pid}`;
  try {
    await writeFile(temporary, content, { mode });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};
