// `npm run bench:page`: the page with 1,000 users and 1,000 sites in real Chromium, and what Lighthouse says of it.
/* global addEventListener, document, performance, requestAnimationFrame -- of the page */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { ensureBuilt, ensureInstalled } from '../../bin/prepare.js';
import { fillStudy, logInOnPage, startBackend } from '../browser/sample-study.mjs';

const execute = promisify(execFile);
const LIGHTHOUSE = 'lighthouse@12.8.2';
const MAX = 120_000;
const ROWS = 1_000;
const VISITS = 7;
const AT_ONCE = 8;
const GOALS = { first_rows_ms: 1_000, filter_ms: 500, score: 95 };

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const most = (values) => Math.max(...values);

const many = async (what) => {
  let next = 0;
  const worker = async () => {
    while (next < ROWS) {
      const number = String(next).padStart(4, '0');
      next += 1;
      await what(number);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

const fillTables = async (call) => {
  const organization = (number) => `Hospital_${number.slice(0, 2)}`;
  await many((number) =>
    call('POST', '/users', {
      email: `person-${number}@example.org`,
      name: `Person ${number}`,
      password: 'quiet-Harbour-1234',
      organization: organization(number),
      role: 'member',
    }),
  );
  await many((number) =>
    call('POST', '/clients', {
      name: `site-${number}`,
      organization: organization(number),
      capacity: { num_of_gpus: 2, mem_per_gpu_in_GiB: 24 },
    }),
  );
};

/** Milliseconds from the start of the visit until the first rows are painted, nothing cached. */
const firstRows = async (browser, url, storageState, path) => {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', storageState });
  const page = await context.newPage();
  await page.goto(path, { waitUntil: 'commit' });
  const painted = await page.waitForFunction(
    () => document.querySelectorAll('tbody tr').length > 0 && performance.now(),
  );
  const time = await painted.jsonValue();
  await context.close();
  return time;
};

/** Milliseconds from each key until every row of the filtered table has been painted. */
const filterTimes = async (page, needle) => {
  const field = page.locator('[data-table-filter]');
  await field.waitFor();
  await field.fill('');
  await page.evaluate(() => {
    globalThis.filtered = [];
    globalThis.typed = '';
    addEventListener(
      'keydown',
      ({ key }) => {
        const start = performance.now();
        globalThis.typed += key;
        const look = () => {
          const { value } = document.querySelector('[data-table-filter]');
          const rows = [...document.querySelectorAll('tbody tr')];
          const fits = rows.length > 0 && rows.every((row) => row.textContent.includes(value));
          if (value === globalThis.typed && fits) {
            setTimeout(() => globalThis.filtered.push(performance.now() - start));
          } else {
            requestAnimationFrame(look);
          }
        };
        requestAnimationFrame(look);
      },
      { capture: true },
    );
  });
  const times = [];
  for (const key of needle) {
    await field.press(key);
    const done = times.length + 1;
    await page.waitForFunction((count) => globalThis.filtered.length === count, done);
    times.push(await page.evaluate(() => globalThis.filtered.at(-1)));
  }
  return times;
};

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Lighthouse's scores of a page of the browser that listens on the port, with the session it has. */
const scoresOf = async (url, port, preset) => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-lighthouse-'));
  try {
    const report = join(folder, 'report.json');
    const settings = ['--output=json', `--output-path=${report}`, '--quiet', '--disable-storage-reset'];
    const form = preset === 'desktop' ? ['--preset=desktop'] : [];
    const categories = '--only-categories=performance,accessibility,best-practices';
    const command = ['--yes', LIGHTHOUSE, url, '--port', String(port), ...settings, ...form, categories];
    await execute('npx', command, { timeout: MAX, cwd: folder });
    const { categories: found, audits } = JSON.parse(readFileSync(report, 'utf8'));
    const scores = Object.entries(found).map(([name, { score }]) => [name, Math.round(score * 100)]);
    return {
      ...Object.fromEntries(scores),
      lcp: audits['largest-contentful-paint'].displayValue,
      shift: audits['cumulative-layout-shift'].displayValue,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const say = (text) => process.stdout.write(`${text}\n`);
const judged = (value, goal) => (value <= goal ? 'met' : `missed (wanted ${goal})`);

const measureTables = async (backend, email) => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ baseURL: backend.url, locale: 'en-GB' });
    const page = await context.newPage();
    await logInOnPage(page, email);
    const state = await context.storageState();
    for (const [path, needle] of [
      ['/users', 'person-0997'],
      ['/sites', 'site-0997'],
    ]) {
      const visits = [];
      for (let visit = 0; visit < VISITS; visit += 1) {
        visits.push(await firstRows(browser, backend.url, state, path));
      }
      await page.goto(path);
      const keys = await filterTimes(page, needle);
      say(
        `${path}, ${ROWS} rows: first rows after ${median(visits).toFixed(0)} ms (most ${most(visits).toFixed(0)}): ` +
          `${judged(median(visits), GOALS.first_rows_ms)}; filter ${median(keys).toFixed(0)} ms ` +
          `(most ${most(keys).toFixed(0)}): ${judged(most(keys), GOALS.filter_ms)}`,
      );
    }
  } finally {
    await browser.close();
  }
};

const askLighthouse = async (backend, email) => {
  const profile = mkdtempSync(join(tmpdir(), 'dashboard-profile-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
    baseURL: backend.url,
    locale: 'en-GB',
  });
  const ask = async (name, path) => {
    for (const preset of ['desktop', 'mobile']) {
      const scores = await scoresOf(`${backend.url}${path}`, port, preset);
      const shown = Object.entries(scores).map(([what, value]) => `${what} ${value}`);
      say(`${name}, ${preset}: ${shown.join(', ')}`);
    }
  };
  try {
    await ask('log-in', '/');
    await logInOnPage(await context.newPage(), email);
    for (const [name, path] of [
      ['home of the admin', '/'],
      ['users', '/users'],
      ['inbox', '/inbox'],
    ]) {
      await ask(name, path);
    }
  } catch (error) {
    say(`Lighthouse was left out: ${error.message.split('\n')[0]}`);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
};

ensureInstalled();
ensureBuilt();
for (const [measure, full] of [
  [measureTables, true],
  [askLighthouse, false],
]) {
  const backend = await startBackend();
  try {
    const { email, call } = await fillStudy(backend.url);
    if (full) {
      await fillTables(call);
    }
    await measure(backend, email);
  } finally {
    await backend.stop();
  }
}
