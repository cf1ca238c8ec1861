import { fileURLToPath } from 'node:url';
import { dictionary } from '@zxcvbn-ts/language-common';
import { defineConfig } from 'vite';

/** Written as escapes, which mean the same in texts and expressions: a text of ASCII alone takes half the memory. */
const onlyAscii = {
  name: 'only-ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      chunk.code = chunk.code.replace(
        /[^\0-\x7f]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

const SHORTEST_PASSWORD = 8;

/** The passwords that are tried first, one a line, in small letters. */
const commonPasswords = {
  name: 'common-passwords',
  generateBundle() {
    const listed = dictionary.passwords
      .map((password) => password.toLowerCase())
      .filter((password) => password.length >= SHORTEST_PASSWORD);
    const source = `${[...new Set(listed)].sort().join('\n')}\n`;
    this.emitFile({ type: 'asset', fileName: 'common-passwords.txt', source });
  },
};

/**
 * Puts the backend and the packages it imports into few files beside what tsc made: finding and reading a thousand
 * modules takes longer than everything else at its start. Native modules, and PostgreSQL's driver, which few
 * projects need, stay packages. The files lie where those of tsc do, since some look for others beside them; they
 * are CommonJS, as only there V8 can be given code it made before.
 */
export default defineConfig({
  publicDir: false,
  plugins: [onlyAscii, commonPasswords],
  ssr: { noExternal: true, external: ['better-sqlite3', 'pg'] },
  build: {
    ssr: fileURLToPath(new URL('src/backend/entry/backend.ts', import.meta.url)),
    outDir: fileURLToPath(new URL('dist/backend/entry', import.meta.url)),
    emptyOutDir: false,
    target: 'node22',
    minify: 'oxc',
    rolldownOptions: {
      output: {
        format: 'cjs',
        entryFileNames: 'backend.cjs',
        chunkFileNames: 'backend.[name].cjs',
        keepNames: true,
      },
    },
  },
});
