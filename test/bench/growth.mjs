// `node test/bench/growth.mjs backend`: the backend on a grown project; see grown-backend.mjs.
// `node test/bench/growth.mjs kits`: the backend with as many kits in use; see grown-kits.mjs.
// `node test/bench/growth.mjs [ROWS …]`: how long the store takes for every list and count, in SQLite, as they grow.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openDatabase } from '../../src/backend/store/open.ts';
import { fillDatabase } from '../cluster/filled-database.ts';
import { COUNTS, LISTS } from '../cluster/lists.ts';
import { percentile } from './load.mjs';

const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 10_000, 100_000];
const TIMES = 5;

/** Milliseconds of one query, the median of a few. */
const timeOf = async (db, run) => {
  const times = [];
  for (let index = 0; index < TIMES; index += 1) {
    const began = performance.now();
    await run(db);
    times.push(performance.now() - began);
  }
  return percentile(
    times.sort((a, b) => a - b),
    0.5,
  );
};

const measured = async (db, queries) => {
  const times = [];
  for (const [name, run] of queries) {
    times.push({ name, milliseconds: await timeOf(db, run) });
  }
  return times.sort((a, b) => a.milliseconds - b.milliseconds);
};

const figure = (times) => {
  const slowest = times.at(-1);
  const median = percentile(
    times.map(({ milliseconds }) => milliseconds),
    0.5,
  );
  return `${median.toFixed(1)} ms, slowest ${slowest.milliseconds.toFixed(1)} ms (${slowest.name})`;
};

if (process.argv[2] === 'backend') {
  const { measureGrownBackend } = await import('./grown-backend.mjs');
  process.stdout.write(`${(await measureGrownBackend()).join('\n')}\n`);
  process.exit();
}
if (process.argv[2] === 'kits') {
  const { measureGrownKits } = await import('./grown-kits.mjs');
  process.stdout.write(`${(await measureGrownKits()).join('\n')}\n`);
  process.exit();
}
const lines = ['| users, sites | lists | counts | memory |', '| --- | --- | --- | --- |'];
for (const rows of SIZES) {
  const folder = mkdtempSync(join(tmpdir(), 'growth-'));
  const db = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
  await fillDatabase(db.reader, 'sqlite', rows);
  const lists = await measured(db.reader, LISTS);
  const counts = await measured(db.reader, COUNTS);
  const mebibytes = process.memoryUsage.rss() / 2 ** 20;
  lines.push(`| ${rows} | ${figure(lists)} | ${figure(counts)} | ${mebibytes.toFixed(0)} MiB |`);
  await db.close();
  rmSync(folder, { recursive: true });
}
process.stdout.write(`${lines.join('\n')}\n`);
