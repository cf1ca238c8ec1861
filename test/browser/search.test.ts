import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let admin: Page;

const as = async (email: string, password: string): Promise<Page> => {
  const { page } = await visit(browser, dashboard.url);
  await logIn(page, email, password);
  return page;
};

const search = async (page: Page, text: string) => {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Search people, sites, serial numbers, pages …').fill(text);
};

const found = (page: Page, name: RegExp | string) => page.getByRole('dialog').getByRole('button', { name });

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  const study = await prepareStudy(dashboard.url);
  const sites = ['charite-1', 'charite-2'];
  await study.signUp({ email: 'anna@charite.org', organization: 'Charite', role: 'org_admin', sites });
  await study.signUp({ email: 'ben@south.org', organization: 'South', role: 'member' });
  await study.approveAll();
  await study.signUp({ email: 'secret@charite.org', organization: 'Charite', role: 'member' });
  admin = await as(ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('finds people, sites and organizations, and opens them by the keyboard', async () => {
  await search(admin, 'charite');
  await found(admin, /anna/).waitFor();
  await found(admin, /charite-1/).waitFor();
  await found(admin, /^Charite$/).waitFor();
  await admin.keyboard.press('Escape');
  await search(admin, 'charite-2');
  await found(admin, /charite-2/).waitFor();
  await found(admin, /charite-1/).waitFor({ state: 'detached' });
  await admin.keyboard.press('ArrowDown');
  await admin.keyboard.press('Enter');
  await admin.getByRole('heading', { level: 1, name: 'charite-2' }).waitFor();
});

test('still finds pages and actions', async () => {
  await search(admin, 'Deutsch');
  await found(admin, 'Deutsch').waitFor();
  await admin.keyboard.press('Escape');
  await search(admin, 'freeze');
  await found(admin, 'Freeze').waitFor();
  await admin.keyboard.press('Escape');
});

test('finds for others only what they may see', async () => {
  const page = await as('ben@south.org', PASSWORD);
  await search(page, 'charite');
  await found(page, /charite-1/).waitFor();
  expect(await found(page, /anna|secret/).count()).toBe(0);
});

test('asks the server once the fingers rest, not at each key', async () => {
  await admin.goto('/');
  await admin.getByRole('heading', { level: 1 }).waitFor();
  const asked: string[] = [];
  admin.on('request', (request) => asked.push(request.url()));
  await admin.keyboard.press('Control+k');
  await admin.getByPlaceholder(/^Search people/).pressSequentially('charite-1', { delay: 20 });
  await found(admin, /charite-1/).waitFor();
  expect(asked.filter((url) => url.includes('/clients?q=')).length).toBeLessThanOrEqual(2);
});
