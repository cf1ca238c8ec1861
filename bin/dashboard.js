#!/usr/bin/env node
// Arguments may hold a passphrase or a password: out of the process list before anything else happens.
process.title = 'dashboard';
const { readFileSync } = await import('node:fs');
const { createRequire, enableCompileCache } = await import('node:module');
const { fileURLToPath } = await import('node:url');

const inPackage = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The help as the build wrote it down, so that nothing is loaded for it; undefined for every other call. */
const writtenHelp = () => {
  const [word = '--help', ...others] = process.argv.slice(2);
  if (others.length > 0 || (word !== '--help' && word !== '-h') || process.env.NVFL_CHECKOUT === '1') {
    return undefined;
  }
  const columns = process.stdout.columns ?? (Number(process.env.COLUMNS) || Infinity);
  const width = [100, 80].find((one) => one <= columns);
  try {
    return width === undefined ? undefined : readFileSync(inPackage(`dist/help/${width}.txt`));
  } catch {
    return undefined;
  }
};

const help = writtenHelp();
if (help === undefined) {
  // In the package, not in Node's default below /tmp, where others could have put code.
  enableCompileCache(inPackage('dist/.compile-cache'));
  createRequire(import.meta.url)('../dist/cli/main.js');
} else {
  // Whoever reads (`dashboard --help | head`) may have seen enough.
  process.stdout.on('error', () => process.exit(0));
  process.stdout.write(help);
}
