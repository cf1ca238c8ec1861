import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startDashboard, type Dashboard } from './dashboard.ts';
import { launch, settled, visit } from './visitor.ts';

jest.setTimeout(60_000);
const BUDGET = 250 * 1024;

let dashboard: Dashboard;
let browser: Browser;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('the first page takes at most 250 kB of script and style, compressed', async () => {
  const { page } = await visit(browser, dashboard.url);
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    if (/\.(js|css)$/.test(new URL(response.url()).pathname)) {
      const size = response.body().then((body) => gzipSync(body).length);
      sizes.set(response.url(), size);
    }
  });
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  const total = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(BUDGET);
});

test('something stands on the page within 1.5 s on a slow network', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  const debug = await context.newCDPSession(page);
  await debug.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50 * 1024,
    uploadThroughput: 50 * 1024,
  });
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  const painted = await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime');
  expect(painted).toBeLessThan(1_500);
});

test('the theme and the sheets of later parts come behind the first sheets', async () => {
  const { page } = await visit(browser, dashboard.url);
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const color = await page.evaluate(
    "getComputedStyle(document.querySelector('button[type=submit]')).backgroundColor",
  );
  expect(color).toBe('rgb(23, 94, 84)');
  expect(await page.locator('body link[rel=stylesheet]').count()).toBe(0);
});
