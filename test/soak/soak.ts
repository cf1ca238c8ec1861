// `npm run soak [-- NAME …]`: the promises that need longer than a test run; prints all with the figures reached.
import { CONCURRENCY_ROWS } from './concurrency-rows.ts';
import { DISK_ROWS } from './disk-rows.ts';
import { stopEngine } from './engine.ts';
import { KEYCLOAK_ROWS } from './keycloak-rows.ts';
import { KILL_ROWS } from './kill-rows.ts';
import { KUBERNETES_ROWS } from './kubernetes-rows.ts';
import { LOAD_ROWS } from './load-rows.ts';
import type { Reached, Row } from './row.ts';
import { SCAN_ROWS } from './scan-tls.ts';
import { SERVICE_ROWS } from './service-rows.ts';
import { tableOf } from './table.ts';
import { TESTED_ROWS } from './tested-rows.ts';
import { TLS_ROWS } from './tls-rows.ts';

const ROWS: readonly Row[] = [
  ...TLS_ROWS,
  ...SCAN_ROWS,
  ...KILL_ROWS,
  ...DISK_ROWS,
  ...LOAD_ROWS,
  ...CONCURRENCY_ROWS,
  ...SERVICE_ROWS,
  ...KEYCLOAK_ROWS,
  ...KUBERNETES_ROWS,
  ...TESTED_ROWS,
];

const say = (line: string): void => {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
};

const measure = async (row: Row): Promise<Reached> => {
  say(`${row.shown.name} …`);
  try {
    const reached = await row.shown.measure(say);
    say(`${row.shown.name}: ${reached.figure}`);
    return reached;
  } catch (error) {
    return { figure: `could not be measured: ${String(error)}`, met: false };
  }
};

const names = ROWS.map(({ shown }) => shown.name);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(', ')}; there are: ${names.join(', ')}\n`);
  process.exitCode = 2;
} else {
  const reached = new Map<Row, Reached>();
  try {
    for (const row of ROWS) {
      if (wanted.length > 0 && !wanted.includes(row.shown.name)) {
        continue;
      }
      reached.set(row, await measure(row));
    }
  } finally {
    await stopEngine();
  }
  process.stdout.write(`${tableOf(ROWS, reached)}\n`);
  if ([...reached.values()].some(({ met, skipped }) => !met && !skipped)) {
    process.exitCode = 1;
  }
}
