import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { z } from 'zod';
import { thirdPartyLicenses } from '../../tools/third-party-licenses.js';
import { lateStyles } from './late-styles.ts';
import { precompress } from './precompress.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));
const outDir = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** Of the libraries, what many pages need, but neither the log-in nor a home page. */
const WIDGETS =
  /node_modules\/(?:@floating-ui|@mantine\/(?:form|core\/esm\/components\/(?:ScrollArea|Table|Modal|ModalBase|Menu|Popover|Checkbox|Textarea|Overlay|FocusTrap)\/)|klona)/;

/**
 * Modules that the first view needs, and those of several pages, apart by the pages that need them: nothing is fetched that the
 * page shown has no use for.
 */
const PARTS = [
  { name: 'first', tags: ['$initial' as const], priority: 3 },
  { name: 'zod', test: /node_modules\/zod\//, priority: 2 },
  { name: 'widgets', test: WIDGETS, minShareCount: 2, priority: 2 },
  { name: 'shared', minShareCount: 2, entriesAware: true },
];

/** The page's build: hashed files under `/assets/`, no inlined ones (the security policy allows none). */
export default defineConfig({
  root: here,
  // The backend puts the prefix in that the page was asked for below.
  base: './',
  plugins: [react(), thirdPartyLicenses, lateStyles(), precompress()],
  define: { __VERSION__: JSON.stringify(version) },
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: PARTS } } },
  },
});
