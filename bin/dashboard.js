#!/usr/bin/env node
// Arguments may hold a passphrase or a password: out of the process list before anything else happens.
process.title = 'dashboard';
const { enableCompileCache } = await import('node:module');
enableCompileCache?.();
await import('../dist/cli/main.js');
