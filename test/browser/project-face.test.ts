import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { pngOf } from '../support/picture.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy } from './study.ts';
import { axeViolations, launch, logIn, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

const PASSWORD = 'quiet-Harbour-1234';

let dashboard: Dashboard;
let browser: Browser;
let admin: Visitor;
let guest: Visitor;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  await prepareStudy(dashboard.url);
  admin = await visit(browser, dashboard.url);
  guest = await visit(browser, dashboard.url);
  await logIn(admin.page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const save = async () => {
  await admin.page.getByRole('button', { name: 'Save' }).click();
};

test('a project admin gives the project a face, and a light color is refused', async () => {
  const { page } = admin;
  await page.goto('/project');
  await page.getByRole('textbox', { name: 'Contact' }).fill('Trial office, office@clinic.org');
  await page.getByRole('textbox', { name: 'Privacy notice' }).fill('See https://clinic.org/privacy');
  await page.getByRole('textbox', { name: 'Terms', exact: true }).fill('For research only.');
  await page.getByRole('textbox', { name: 'Version of the terms' }).fill('2026-11');
  await page.getByRole('textbox', { name: 'Color' }).fill('#ffd700');
  await save();
  await page.getByText('Too light for white text (contrast 1.4 to 1, 4.5 needed).').waitFor();
  await page.getByRole('textbox', { name: 'Color' }).fill('#0b3d91');
  await save();
  await page.getByText('Saved.', { exact: true }).waitFor();
  const picture = { name: 'logo.png', mimeType: 'image/png', buffer: pngOf(64, 32) };
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a picture' }).click();
  await (await chosen).setFiles(picture);
  await page.getByRole('button', { name: 'Remove the logo' }).waitFor();
  expect(await axeViolations(admin)).toEqual([]);
});

test("everybody sees it, in the project's color", async () => {
  const { page } = guest;
  await page.goto('/');
  await page.getByText('Contact: Trial office, office@clinic.org').waitFor();
  await page.locator('img.header-logo').waitFor();
  await page.waitForFunction("document.querySelector('img.header-logo').naturalWidth === 64");
  const color = await page.evaluate<unknown>(
    "getComputedStyle(document.querySelector('form button[type=submit]')).backgroundColor",
  );
  expect(color).toBe('rgb(11, 61, 145)');
  await page.getByRole('link', { name: 'Contact and terms' }).click();
  await page.getByRole('heading', { name: 'About this project' }).waitFor();
  await page.getByRole('link', { name: 'https://clinic.org/privacy' }).waitFor();
  await page.getByText('For research only.').waitFor();
  expect(await axeViolations(guest)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeViolations(guest)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(guest.complaints).toEqual([]);
});

test('whoever signs up accepts the terms, and is asked again for others', async () => {
  const { page } = guest;
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill('guest@clinic.org');
  await page.getByLabel('Name', { exact: false }).fill('Guest');
  await page
    .getByLabel(/^Password/)
    .and(page.locator('input'))
    .fill(PASSWORD);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Organization', { exact: false }).first().fill('Clinic');
  const submit = page.locator('form button[type="submit"]');
  await submit.click();
  await page.getByText('Accept the terms to sign up.').waitFor();
  await page.getByRole('checkbox', { name: 'I accept the terms (version 2026-11)' }).check();
  expect(await axeViolations(guest)).toEqual([]);
  await submit.click();
  await page.getByRole('link', { name: 'Log in' }).click();
  await admin.page.goto('/project');
  await admin.page.getByRole('textbox', { name: 'Terms', exact: true }).fill('For research on lungs only.');
  await save();
  await admin.page.getByText('Change the version together with the terms.').waitFor();
  await admin.page.getByRole('textbox', { name: 'Version of the terms' }).fill('2026-12');
  await save();
  await admin.page.getByText('Saved.', { exact: true }).waitFor();
  await logIn(page, 'guest@clinic.org', PASSWORD);
  await page.getByText('Please read and accept version 2026-12.').waitFor();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('Please read and accept version 2026-12.').waitFor({ state: 'detached' });
});

test('sign-ups by domain say which domains, and refuse others', async () => {
  const { page } = admin;
  await page.goto('/project');
  await page
    .getByRole('combobox', { name: 'Allow sign-ups' })
    .selectOption('E-mail addresses of certain domains');
  await page.getByRole('textbox', { name: 'E-mail domains' }).fill('clinic.org, ukb.de');
  await save();
  await page.getByText('Saved.', { exact: true }).waitFor();
  const other = await visit(browser, dashboard.url);
  await other.page.goto('/sign-up');
  await other.page.getByText('Only e-mail addresses of clinic.org, ukb.de can sign up.').waitFor();
  await other.context.close();
});
