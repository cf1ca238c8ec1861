import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy, type Study } from './study.ts';
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

const save = async (on: Page) => {
  await on.getByRole('button', { name: 'Save' }).click();
  await on.getByText('Saved.', { exact: true }).first().waitFor();
};

test('keeps a setting that somebody else saved in the meantime', async () => {
  await page.goto('/project');
  await page.getByLabel('Description').fill('written in this tab');
  await study.admin('PATCH', '/project', { title: 'Written elsewhere' });
  await save(page);
  expect(await study.admin('GET', '/project')).toMatchObject({
    project: { title: 'Written elsewhere', description: 'written in this tab' },
  });
});

test('opens and closes sign-up and changes texts after freezing', async () => {
  await study.freeze();
  await page.goto('/project');
  await page.getByLabel('Title', { exact: true }).fill('Renamed while frozen');
  await page.getByRole('combobox', { name: 'Allow sign-ups' }).selectOption('Nobody');
  await save(page);
  expect(await study.admin('GET', '/project')).toMatchObject({
    project: { public: false, title: 'Renamed while frozen' },
  });
  await expect(page.getByLabel('Short name').isEditable()).resolves.toBe(false);
});
