#!/usr/bin/env node
'use strict';
// Arguments may hold a passphrase or a password: out of the process list before anything else happens.
process.title = 'dashboard';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const dist = join(__dirname, '..', 'dist');

/** The help as the build wrote it down, so that nothing is loaded for it; undefined for every other call. */
const writtenHelp = () => {
  const [word = '--help', ...others] = process.argv.slice(2);
  if (others.length > 0 || (word !== '--help' && word !== '-h') || process.env.NVFL_CHECKOUT === '1') {
    return undefined;
  }
  const columns = process.stdout.columns ?? (Number(process.env.COLUMNS) || Infinity);
  const width = [100, 80].find((one) => one <= columns);
  try {
    return width === undefined ? undefined : readFileSync(join(dist, 'help', `${width}.txt`));
  } catch {
    return undefined;
  }
};

const help = writtenHelp();
if (help === undefined) {
  // In the package, not in Node's default below /tmp, where others could have put code of theirs.
  require('node:module').enableCompileCache(join(dist, '.compile-cache'));
  require('../dist/cli/main.js');
} else {
  // Whoever reads (`dashboard --help | head`) may have seen enough.
  process.stdout.on('error', () => process.exit(0));
  process.stdout.write(help);
}
