import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { waitForFocus } from './keyboard.ts';
import { prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(120_000);

const Waiting = z.object({ total_users: z.number(), total_clients: z.number() });

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  for (const name of ['North', 'South']) {
    await study.signUp({
      email: `anna@${name.toLowerCase()}.org`,
      organization: name,
      role: 'org_admin',
      sites: [`${name.toLowerCase()}-1`, `${name.toLowerCase()}-2`],
    });
  }
  ({ page } = await visit(browser, dashboard.url));
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/inbox');
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('takes the key j as soon as the page is open', async () => {
  await page.locator('[data-request]').first().waitFor();
  await page.keyboard.press('j');
  await waitForFocus(page.locator('[data-request]').first());
});

test('finds the requests of an organization', async () => {
  await page.getByLabel('Search requests').fill('south');
  await page.getByText('anna@north.org').waitFor({ state: 'detached' });
  expect(await page.locator('[data-request]').count()).toBe(3);
  await page.getByLabel('Search requests').fill('');
  await page.getByText('anna@north.org').waitFor();
});

test('approves the people and sites of an organization at once, and nothing else', async () => {
  await page.getByRole('button', { name: 'Approve North: 1 person, 2 sites' }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve 3 requests?' });
  await dialog.getByText('north-2').waitFor();
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('dialog', { name: '3 done' }).waitFor();
  expect(Waiting.parse(await study.admin('GET', '/inbox'))).toEqual({ total_users: 1, total_clients: 2 });
});
