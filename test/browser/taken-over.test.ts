import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { createNvidiaDatabase, NVIDIA_ADMIN, NVIDIA_PASSWORD } from '../support/nvidia-database.ts';
import { startDashboard, type Dashboard } from './dashboard.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard({}, (folder) => createNvidiaDatabase(folder, '2.9'));
  browser = await launch();
  ({ page } = await visit(browser, dashboard.url));
  await logIn(page, NVIDIA_ADMIN, NVIDIA_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('asks on the home page which release the sites run when it was only assumed', async () => {
  await page.goto('/');
  await page.getByText('Which NVFLARE version do your sites run?').waitFor();
  await page.goto('/project');
  await page.getByText('Assumed when the project was taken over; please check it.').waitFor();
  await page.getByLabel('NVFLARE version of the kits').first().selectOption('2.8');
  await page.getByRole('button', { name: 'Use this version' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  await page.getByText('Which NVFLARE version do your sites run?').waitFor({ state: 'detached' });
  expect(await page.getByLabel('NVFLARE version of the kits').inputValue()).toBe('2.8');
});

test('changes the release of a frozen project later on', async () => {
  await page.goto('/project');
  await page.getByLabel('NVFLARE version of the kits').selectOption('2.9');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('Kits of earlier downloads keep their version.').waitFor();
  expect(await page.getByLabel('NVFLARE version of the kits').inputValue()).toBe('2.9');
});
