import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { PATHS } from '../../src/web/ui/page-list.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy } from './study.ts';
import { launch, logIn, settled, visit } from './visitor.ts';

jest.setTimeout(240_000);

const SLOWED = 3;
/** Text that a font draws a pixel higher or lower counts too. */
const MAX_SHIFT = 0.01;

const Shifts = z.array(z.object({ value: z.number(), what: z.string() }));
const OBSERVE = `(() => {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      shifts.push({ value, what: sources.map(({ node }) => String(node?.textContent).slice(0, 40)).join(' | ') });
  }).observe({ type: 'layout-shift', buffered: true });
})()`;

let dashboard: Dashboard;
let browser: Browser;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  const study = await prepareStudy(dashboard.url);
  await study.signUp({
    email: 'anna@north.org',
    organization: 'North',
    role: 'org_admin',
    sites: ['north-1'],
  });
  await study.approveAll();
  await study.signUp({ email: 'ben@south.org', organization: 'South', role: 'member' });
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('nothing on a page jumps while it loads, also on a slow machine', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await page.setViewportSize({ width: 1350, height: 940 });
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await context.addInitScript(OBSERVE);
  const debug = await context.newCDPSession(page);
  await debug.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  for (const path of Object.values(PATHS)) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    const shifts = Shifts.parse(await page.evaluate('shifts'));
    const total = shifts.reduce((sum, { value }) => sum + value, 0);
    expect({ path, jumped: total > MAX_SHIFT ? shifts : [] }).toEqual({ path, jumped: [] });
  }
});
