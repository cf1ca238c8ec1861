import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Puts the backend's entry and the packages it imports into few files over what tsc made: finding and reading a thousand
 * modules takes longer than everything else at its start. Native modules, and PostgreSQL's driver, which few
 * projects need, stay packages. The files lie where those of tsc do, since some look for others beside them.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['better-sqlite3', 'pg'] },
  build: {
    ssr: fileURLToPath(new URL('src/server/main.ts', import.meta.url)),
    outDir: fileURLToPath(new URL('dist/server', import.meta.url)),
    emptyOutDir: false,
    target: 'node20',
    minify: 'oxc',
    rolldownOptions: {
      output: { entryFileNames: 'main.js', chunkFileNames: 'main.[name].js', keepNames: true },
    },
  },
});
