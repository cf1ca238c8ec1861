// `npm run bench:page [-- ROWS …]`: the page in real Chromium with so many users and sites, 1,000 of which wait, and Lighthouse.
import { join } from 'node:path';
import { sql } from 'kysely';
import { chromium } from 'playwright-core';
import { ensureBuilt, ensureInstalled } from '../../bin/prepare.js';
import { openDatabase } from '../../src/backend/store/open.ts';
import { fillStudy, logInOnPage, settleIn, startBackend } from '../browser/sample-study.mjs';
import { fillDatabase } from '../cluster/filled-database.ts';
import { askLighthouse } from './lighthouse.mjs';
import { decisionTimes, filterTimes, firstRows, stepTimes } from './page-times.mjs';
import { CHROMIUM } from '../prepare/chromium.js';

const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 10_000, 100_000];
const WAITING = 1000;
const VISITS = 7;
const GOALS = { first_rows_ms: 1000, filter_ms: 500, decision_ms: 300 };

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const say = (text) => process.stdout.write(`${text}\n`);

const figure = (what, values, goal) => {
  const middle = median(values);
  const judged = middle <= goal ? 'met' : `missed (wanted ${goal})`;
  return `${what} ${middle.toFixed(0)} ms (most ${Math.max(...values).toFixed(0)}): ${judged}`;
};

/** Half of those who wait are people, half are sites. */
const fill = async (folder, rows) => {
  const db = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
  await fillDatabase(db.reader, 'sqlite', rows);
  // Rows that no chain holds together.
  await sql`delete from audit`.execute(db.reader);
  for (const table of ['user', 'client']) {
    await sql`update ${sql.id(table)} set approval_state = case when id > ${rows - WAITING / 2} and id <= ${rows}
      then 0 else 100 end`.execute(db.reader);
  }
  await db.close();
};

const visits = async (browser, url, state, path) => {
  const times = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    times.push(await firstRows(browser, url, state, path));
  }
  return times;
};

const measureLists = async (backend, email, rows) => {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox'],
  });
  try {
    const context = await browser.newContext({ baseURL: backend.url, locale: 'en-GB' });
    const page = await context.newPage();
    await logInOnPage(page, email);
    const state = await context.storageState();
    for (const [path, needle] of [
      ['/users', 'user-997'],
      ['/sites', 'site-997'],
    ]) {
      const drawn = figure(
        'first rows',
        await visits(browser, backend.url, state, path),
        GOALS.first_rows_ms,
      );
      await page.goto(path);
      const filtered = figure('filter', await filterTimes(page, needle), GOALS.filter_ms);
      say(`${path}, ${rows} rows: ${drawn}; ${filtered}`);
    }
    const drawn = figure(
      'first requests',
      await visits(browser, backend.url, state, '/inbox'),
      GOALS.first_rows_ms,
    );
    await page.goto('/inbox');
    const decided = figure('decision', await decisionTimes(page, VISITS), GOALS.decision_ms);
    await page.goto('/inbox');
    await page.locator('[data-request]').first().waitFor();
    const stepped = figure('key j', await stepTimes(page, VISITS), GOALS.decision_ms);
    say(`/inbox, ${WAITING} waiting of ${rows} users and ${rows} sites: ${drawn}; ${decided}; ${stepped}`);
  } finally {
    await browser.close();
  }
};

ensureInstalled();
ensureBuilt();
for (const rows of SIZES) {
  const backend = await startBackend((folder) => fill(folder, rows));
  try {
    const { email } = await settleIn(backend.url);
    await measureLists(backend, email, rows);
  } finally {
    await backend.stop();
  }
}
const backend = await startBackend();
try {
  const { email } = await fillStudy(backend.url);
  await askLighthouse(backend, email);
} finally {
  await backend.stop();
}
