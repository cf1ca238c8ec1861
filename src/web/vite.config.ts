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

/** Of the modules of several pages, those that the home pages of all need, and those that the project admin's needs. */
const HOME =
  /src\/web\/(?:features\/(?:home\/|approvals\/approval-badge|organizations\/organization-path)|ui\/(?:copy-text|state-badge|tables\/page(?:-field|r)))|esm\/icons\/IconCircle(?:Check|X)?\.mjs|components\/(?:Code|Combobox|NativeSelect)\//;
const ADMIN_HOME =
  /src\/(?:web\/(?:features\/audit\/event|ui\/charts\/sites-by-state)|contract\/(?:audit-actors|stages))|query-core\/.*\/queriesObserver|react-query\/.*\/useQueries/;
/** Of the other pages, what only those with a calendar need. */
const DATES = /node_modules\/(?:@mantine\/dates|dayjs)\/|src\/web\/ui\/date-field/;

/**
 * The first view fetches what it needs and no more. Everything that several other pages need is one file, as each file
 * more costs a slow network a round trip.
 */
const PARTS = [
  { name: 'first', tags: ['$initial' as const], priority: 3 },
  { name: 'homes', test: HOME, minShareCount: 2, priority: 2 },
  { name: 'home-of-admins', test: ADMIN_HOME, minShareCount: 2, priority: 2 },
  { name: 'zod', test: /node_modules\/zod\//, priority: 2 },
  { name: 'pages', test: (id: string) => !DATES.test(id), minShareCount: 2, priority: 1 },
  { name: 'dates', minShareCount: 2 },
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
