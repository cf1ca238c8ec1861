#!/usr/bin/env node
// Arguments may hold a passphrase or a password: out of the process list before anything else happens.
process.title = 'dashboard';
const { enableCompileCache } = await import('node:module');
const { fileURLToPath } = await import('node:url');
// In the package, not in Node's default below /tmp, where others could have put code.
enableCompileCache(fileURLToPath(new URL('../dist/.compile-cache', import.meta.url)));
await import('../dist/cli/main.js');
