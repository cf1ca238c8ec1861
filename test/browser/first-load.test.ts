import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page, Response } from 'playwright-core';
import { later } from '../../src/web/i18n/en/later.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy } from './study.ts';
import { launch, logIn, openPage, visit } from './visitor.ts';

jest.setTimeout(240_000);
/** Bytes over the wire. */
const BUDGET = 180_000;
/** A text that comes later shows its key. */
const KEYS = new RegExp(`\\b(?:${Object.keys(later).join('|')})\\.[a-zA-Z]\\w+`);

let dashboard: Dashboard;
let browser: Browser;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  const study = await prepareStudy(dashboard.url);
  const organization = 'North';
  await study.signUp({ email: 'anna@north.org', organization, role: 'org_admin', sites: ['north-1'] });
  await study.signUp({ email: 'ben@north.org', organization, role: 'member' });
  await study.approveAll();
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

/** Resolves as soon as the first view stands: what is fetched afterwards, for later, does not count. */
const DRAWN = `new Promise((resolve) => {
  const look = () => {
    if (document.querySelector('main h1') && !document.querySelector('[aria-busy=true]')) resolve(true);
    else requestAnimationFrame(look);
  };
  look();
})`;

/** Keeps what is fetched three seconds later from starting before a slow machine has drawn the first view. */
const HOLD_LATER = `
  const start = window.setTimeout;
  window.setTimeout = (act, ms, ...rest) => (ms === 3000 ? 0 : start(act, ms, ...rest));
`;

/** Returns what the page fetched to be drawn, as it came over the wire. */
const weigh = async (page: Page, go: () => Promise<unknown>): Promise<number> => {
  const sizes: Promise<number>[] = [];
  const note = (response: Response) => {
    if (/\.(js|css)$/.test(new URL(response.url()).pathname)) {
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      );
    }
  };
  page.on('response', note);
  await page.addInitScript(HOLD_LATER);
  await go();
  await page.waitForFunction(DRAWN);
  page.off('response', note);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

test('the log-in takes at most 180 kB of script and style', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  const total = await weigh(page, () => page.goto('/'));
  expect(total).toBeGreaterThan(100 * 1024);
  expect(total).toBeLessThanOrEqual(BUDGET);
  expect(await page.locator('body').innerText()).not.toMatch(KEYS);
  await context.close();
});

test.each([
  ['project admin', ADMIN.email, NEW_PASSWORD],
  ['organization admin', 'anna@north.org', PASSWORD],
  ['member', 'ben@north.org', PASSWORD],
])('the home page of a %s takes at most 180 kB of script and style', async (_role, email, password) => {
  const { page, context } = await visit(browser, dashboard.url);
  await logIn(page, email, password);
  const storage = await context.storageState();
  await context.close();
  const fresh = await browser.newContext({ baseURL: dashboard.url, locale: 'en-GB', storageState: storage });
  const home = await openPage(fresh);
  const total = await weigh(home, () => home.goto('/'));
  await home.getByRole('button', { name: 'Log out' }).waitFor();
  expect(total).toBeGreaterThan(100 * 1024);
  expect(total).toBeLessThanOrEqual(BUDGET);
  expect(await home.locator('body').innerText()).not.toMatch(KEYS);
  await fresh.close();
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
