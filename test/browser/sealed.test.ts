import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { downloadKit } from './kits.ts';
import { PASSWORD, prepareStudy } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const PASSPHRASE = 'seven harbours and a lantern';
const MEMBER = 'member@clinic.org';

let dashboard: Dashboard;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard({ NVFL_DASHBOARD_PP: PASSPHRASE });
  browser = await launch();
  const study = await prepareStudy(dashboard.url);
  await study.signUp({ email: MEMBER, organization: 'Clinic', role: 'member' });
  await study.approveAll();
  await study.freeze();
  await dashboard.down();
  await dashboard.up();
  ({ page } = await visit(browser, dashboard.url));
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('a member reads on the page of downloads that the project is sealed and whom to ask', async () => {
  await logIn(page, MEMBER, PASSWORD);
  await page.goto('/downloads');
  await page.getByRole('alert').getByText('The root CA is sealed').waitFor();
  await page.getByText('Ask the project admin to unseal it.').waitFor();
  await page.getByRole('button', { name: /Download the kit of Console kit/ }).click();
  await page.getByRole('button', { name: 'Prepare the kit' }).click();
  await page.getByRole('dialog').getByRole('alert').getByText('The root CA is sealed.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('button', { name: 'Log in' }).waitFor();
});

test('the project admin reads that a wrong passphrase unseals nothing', async () => {
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/downloads');
  await page.getByLabel('Passphrase', { exact: true }).and(page.locator('input')).fill('not the passphrase');
  await page.getByRole('button', { name: 'Unseal' }).click();
  await page.getByRole('alert', { name: 'Something went wrong' }).waitFor();
  await page.getByText('Enter the passphrase to make kits again.').waitFor();
});

test('the project admin unseals in the page, and the kit comes at once', async () => {
  await page.getByLabel('Passphrase', { exact: true }).and(page.locator('input')).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unseal' }).click();
  await page.getByText('The root CA is unsealed.').waitFor();
  await page.getByText('The root CA is sealed').waitFor({ state: 'detached' });
  const entries = await downloadKit(page, /Download the kit of Console kit/);
  expect(entries).toContain('startup');
});
