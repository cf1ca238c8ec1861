import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  ({ page } = await visit(browser, dashboard.url));
  await logIn(page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const anna = {
  email: 'anna@north.org',
  organization: 'North',
  role: 'org_admin',
  sites: ['north-1'],
} as const;

test('shows a request in the inbox and in the title of the tab as it comes', async () => {
  await page.goto('/inbox');
  await page.getByText('No requests are waiting.').waitFor();
  await study.signUp(anna);
  await page.getByText('anna@north.org').first().waitFor();
  await page.waitForFunction('document.title.startsWith("(2) Inbox")');
});

test('shows an org admin the approval of the own site as it is given', async () => {
  const { page: owners, context } = await visit(browser, dashboard.url);
  await logIn(owners, anna.email, PASSWORD);
  await owners.goto('/sites');
  await owners.locator('td .state-pending').waitFor();
  await study.approveAll();
  await owners.locator('td .state-approved').waitFor();
  await context.close();
});

test('goes on after the server was down', async () => {
  await page.goto('/inbox');
  await page.getByText('No requests are waiting.').waitFor();
  await dashboard.down();
  await dashboard.up();
  await study.signUp({ email: 'ben@south.org', organization: 'South', role: 'member' });
  await page.getByText('ben@south.org').first().waitFor();
});

test('closes the streams of a stopping backend at once', async () => {
  const began = Date.now();
  await dashboard.down();
  expect(Date.now() - began).toBeLessThan(5_000);
  await dashboard.up();
});
