import { readFile, readdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest']);
const MIN = 1024;

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

const compressFile = async (path: string): Promise<void> => {
  const content = await readFile(path);
  if (content.length < MIN) {
    return;
  }
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(`${path}.br`, await brotli(content, quality));
  await writeFile(`${path}.gz`, await deflate(content, { level: constants.Z_BEST_COMPRESSION }));
};

/**
 * Writes a brotli and a gzip copy (`.br`, `.gz`) beside every text file of the build. The page's entry is left
 * out: the server puts a fresh nonce into it for each response.
 */
export const precompress = (): Plugin => {
  let outDir = 'dist';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: (config) => {
      outDir = config.build.outDir;
    },
    closeBundle: async () => {
      const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile() && entry.name !== 'index.html' && WORTH_IT.has(extname(entry.name)))
        .map((entry) => join(entry.parentPath, entry.name));
      for (const file of files) {
        await compressFile(file);
      }
    },
  };
};
