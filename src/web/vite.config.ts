import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { thirdPartyLicenses } from '../../tools/third-party-licenses.js';
import { lateStyles } from './late-styles.ts';
import { precompress } from './precompress.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const outDir = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** What the first view needs, and what several pages need: else there would be some ninety small files. */
const PARTS = [
  { name: 'first', tags: ['$initial' as const], priority: 1 },
  { name: 'shared', minShareCount: 2 },
];

/** The page's build: hashed files under `/assets/`, no inlined ones (the security policy allows none). */
export default defineConfig({
  root: here,
  // The backend puts the prefix in that the page was asked for below.
  base: './',
  plugins: [react(), thirdPartyLicenses, lateStyles(), precompress()],
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
