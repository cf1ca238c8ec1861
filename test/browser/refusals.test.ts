import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { API_ERRORS } from '../../src/contract/errors.ts';
import { de } from '../../src/web/i18n/de.ts';
import { en } from '../../src/web/i18n/en.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { waitForFocus } from './keyboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let study: Study;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const passwordIn = (page: Page) =>
  page
    .getByLabel(/^Password|^Passwort/)
    .and(page.locator('input'))
    .first();

const fillFirstSteps = async (page: Page, email: string, password: string) => {
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Name', { exact: false }).fill('Person');
  await passwordIn(page).fill(password);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Organization', { exact: false }).first().fill('Clinic');
};

test('marks the second site when its name is taken', async () => {
  await study.signUp({
    email: 'first@clinic.org',
    organization: 'Clinic',
    role: 'org_admin',
    sites: ['clinic-1'],
  });
  const { page, context } = await visit(browser, dashboard.url);
  await fillFirstSteps(page, 'second@clinic.org', PASSWORD);
  await page.getByRole('radio', { name: /^Organization admin/ }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Site name').fill('clinic-2');
  await page.getByRole('button', { name: 'Add a site' }).click();
  await page.getByLabel('Site name').nth(1).fill('clinic-1');
  for (const site of [0, 1]) {
    await page.getByLabel('GPUs').nth(site).fill('1');
    await page.getByLabel('Memory per GPU in GiB').nth(site).fill('16');
  }
  await page.locator('form button[type=submit]').click();
  await page.getByText('This name is already taken.').waitFor();
  expect(await page.getByLabel('Site name').nth(1).getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel('Site name').nth(0).getAttribute('aria-invalid')).not.toBe('true');
  await context.close();
});

test('marks a short password as invalid and moves the focus to it', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill('short@clinic.org');
  await page.getByLabel('Name').fill('Person');
  await passwordIn(page).fill('short');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.locator('input[type=password][aria-invalid=true]').waitFor();
  await waitForFocus(passwordIn(page));
  await context.close();
});

test('says in the first step, at the password, that it is too common', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill('common@clinic.org');
  await page.getByLabel('Name', { exact: false }).fill('Person');
  await passwordIn(page).fill('password1234');
  await page.getByRole('button', { name: 'Next' }).click();
  await page
    .getByText('This password is easy to guess. Avoid common words and names of the project.')
    .waitFor();
  await waitForFocus(passwordIn(page));
  await context.close();
});

test('says once, at the password, that the backend knows it from a longer list', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await fillFirstSteps(page, 'common@clinic.org', 'tequiero-1');
  await page.locator('form button[type=submit]').click();
  const reason = page.getByText(
    'This password is easy to guess. Avoid common words and names of the project.',
  );
  await reason.waitFor();
  expect(await reason.count()).toBe(1);
  await waitForFocus(passwordIn(page));
  await context.close();
});

describe.each([
  ['en', en],
  ['de', de],
] as const)('every error in %s', (language, texts) => {
  const codes = Object.entries(API_ERRORS).filter(
    ([code]) => code !== 'unauthenticated' && code !== 'denied',
  );

  test('is said in the page’s own words', async () => {
    const { page, context } = await visit(browser, dashboard.url, { language });
    await page.goto('/');
    for (const [code, { http }] of codes) {
      await page.route('**/api/v1/login', (route) =>
        route.fulfill({
          status: http,
          json: { code, message: 'WORDS OF THE BACKEND', request_id: `id-${code}` },
        }),
      );
      await page.getByLabel(/^E-[Mm]ail/).fill(ADMIN.email);
      await passwordIn(page).fill(NEW_PASSWORD);
      await page.locator('form button[type=submit]').click();
      const alert = page.getByRole('alert').filter({ hasText: `id-${code}` });
      await alert.waitFor();
      expect(Object.entries(texts.errors.codes)).toContainEqual([
        code,
        await alert.locator('p').first().textContent(),
      ]);
      expect(await alert.textContent()).not.toContain('WORDS OF THE BACKEND');
      await page.unroute('**/api/v1/login');
    }
    await context.close();
  });
});

test('underlines links in a text', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  expect(await page.evaluate("getComputedStyle(document.querySelector('header a')).textDecorationLine")).toBe(
    'underline',
  );
  await context.close();
});

test('asks whether another organization was meant, and warns the project admin of the similar name', async () => {
  await study.signUp({ email: 'head@clinic.org', organization: 'Clinic', role: 'lead' });
  const { page, context } = await visit(browser, dashboard.url);
  await fillFirstSteps(page, 'similar@clinic.org', PASSWORD);
  expect(await page.getByText('Did you mean').count()).toBe(0);
  await page.getByLabel('Organization', { exact: false }).first().fill('C1inic');
  await page.getByText('Did you mean Clinic?').waitFor();
  await context.close();
  await study.signUp({ email: 'similar@clinic.org', organization: 'C1inic', role: 'member' });
  const admin = await visit(browser, dashboard.url);
  await logIn(admin.page, ADMIN.email, NEW_PASSWORD);
  await admin.page.goto('/inbox');
  await admin.page.getByText('Note: C1inic looks like Clinic.').waitFor();
  await admin.context.close();
});
