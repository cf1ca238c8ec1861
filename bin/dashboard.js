#!/usr/bin/env node
// Arguments may hold a passphrase or a password: out of the process list before anything else happens.
process.title = 'dashboard';
const { readFileSync } = await import('node:fs');
const { createRequire, enableCompileCache } = await import('node:module');
const { fileURLToPath } = await import('node:url');

const inPackage = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Words of the command whose help is asked for; undefined for every other call. */
const helpWords = () => {
  const words = process.argv.slice(2);
  if (words.length === 0) {
    return words;
  }
  if (words[0] === 'help') {
    return words.slice(1);
  }
  return ['--help', '-h'].includes(words.at(-1)) ? words.slice(0, -1) : undefined;
};

/** The help as the build wrote it down, so that nothing is loaded for it; undefined where it did not. */
const writtenHelp = () => {
  const words = helpWords();
  if (words === undefined || process.env.NVFL_CHECKOUT === '1') {
    return undefined;
  }
  const columns = process.stdout.columns ?? (Number(process.env.COLUMNS) || Infinity);
  const width = [100, 80].find((one) => one <= columns);
  if (width === undefined) {
    return undefined;
  }
  const read = (type) => readFileSync(inPackage(`dist/help/${width}.${type}`), 'utf8');
  try {
    return words.length === 0
      ? read('txt')
      : new Map(Object.entries(JSON.parse(read('json')))).get(words.join(' '));
  } catch {
    return undefined;
  }
};

const MINIMUM = [22, 13];

/** npm only warns when it installs the package under an older Node, which lacks what is loaded next. */
const isTooOld = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1]);
};

const refuseNode = () => {
  const message = `Node ${process.versions.node} is too old: the dashboard requires ${MINIMUM.join('.')} or later.`;
  const advice = 'Install a newer Node, then install the dashboard again.';
  process.exitCode = 1;
  process.stderr.write(`Error: ${message}\n${advice}\n`);
  if (process.argv.includes('--json')) {
    const error = { code: 'node_too_old', message, advice, exitCode: 1, log: [] };
    process.stdout.write(
      `${JSON.stringify({ schemaVersion: 1, ok: false, error, warnings: [] }, null, 2)}\n`,
    );
  }
};

const help = writtenHelp();
if (help === undefined && isTooOld()) {
  refuseNode();
} else if (help === undefined) {
  // In the package, not in Node's default below /tmp, where others could have put code.
  enableCompileCache(inPackage('dist/.compile-cache'));
  createRequire(import.meta.url)('../dist/cli/main.js');
} else {
  // Whoever reads (`dashboard --help | head`) may have seen enough.
  process.stdout.on('error', () => process.exit(0));
  process.stdout.write(help);
}
