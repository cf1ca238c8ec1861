import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { chooseLanguage, PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, settled, visit } from './visitor.ts';

jest.setTimeout(240_000);

const ROLES = ['member', 'lead', 'org_admin'] as const;

let dashboard: Dashboard;
let browser: Browser;
let study: Study;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  for (const role of ROLES) {
    await study.signUp({
      email: `${role}.with.a.long.name@university-hospital.example.org`,
      organization: 'Universitaetsklinikum_Hamburg_Eppendorf',
      role,
      sites: ['uke-hamburg-radiology-1'],
    });
  }
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const admin = async (language: 'en' | 'de', width: number): Promise<Page> => {
  const { page } = await visit(browser, dashboard.url, { language });
  await page.setViewportSize({ width, height: 800 });
  await chooseLanguage(dashboard.url, { email: ADMIN.email, password: NEW_PASSWORD }, language);
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  return page;
};

/** Left and right edge of what can be seen of it. */
const span = async (target: Locator) => {
  await target.waitFor();
  const box = await target.boundingBox();
  return { left: box?.x ?? -1, right: (box?.x ?? 0) + (box?.width ?? Infinity) };
};

test.each([
  ['en', '/users', 1280],
  ['de', '/users', 1280],
  ['en', '/sites', 1280],
  ['de', '/sites', 1280],
  ['en', '/users', 390],
  ['de', '/users', 390],
  ['en', '/sites', 390],
] as const)('in %s, %s shows state and actions of a row at %d px', async (language, path, width) => {
  const page = await admin(language, width);
  await page.goto(path);
  const row = page
    .getByRole('row')
    .filter({ hasText: /org_admin\.with|uke-hamburg/ })
    .first();
  for (const part of [row.locator('.state'), row.locator('[aria-haspopup=menu]')]) {
    const { left, right } = await span(part);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(width);
  }
  // Nothing lies over it.
  await row.locator('[aria-haspopup=menu]').click({ trial: true });
  await page.close();
});

test.each([
  [1366, '/audit'],
  [390, '/audit'],
  [390, '/certificates'],
  [390, '/users'],
])('at %d px, nothing of %s is cut off', async (width, path) => {
  const page = await admin('en', width);
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  const cut = await page.evaluate(
    '[...document.querySelectorAll(".scroll-x")].filter((area) => area.scrollWidth > area.clientWidth + 1).length',
  );
  expect(cut).toBe(0);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  await page.close();
});

test('keeps the way out in sight on a phone, in German too', async () => {
  const page = await admin('de', 390);
  const { left, right } = await span(page.getByRole('button', { name: 'Abmelden' }));
  expect(left).toBeGreaterThan(0);
  expect(right).toBeLessThanOrEqual(390);
  await page.close();
});

test('keeps the heads of columns on one line in German', async () => {
  const page = await admin('de', 1280);
  await page.goto('/users');
  await page.getByRole('row').nth(1).waitFor();
  await settled(page);
  const heights = await page.evaluate(
    '[...document.querySelectorAll("th button")].map((button) => Math.round(button.getBoundingClientRect().height / 20))',
  );
  expect(new Set(z.array(z.number()).parse(heights))).toEqual(new Set([1]));
  await page.close();
});

test('tells in sentences what happened, and finds a kind of event', async () => {
  const page = await admin('de', 1280);
  await page.goto('/audit');
  await page.getByText(`${ADMIN.email} hat sich angemeldet`).first().waitFor();
  await page.getByLabel('Ereignis').selectOption('project.change');
  await page.getByText(`${ADMIN.email} hat das Projekt geändert`).waitFor();
  await page.getByText('hat sich angemeldet').first().waitFor({ state: 'detached' });
  await page.getByText('Datensatz').first().click();
  await page
    .getByText(/^Anfrage/)
    .filter({ visible: true })
    .first()
    .waitFor();
  await page.close();
});

test('says what is wrong with a date instead of dropping it', async () => {
  const page = await admin('en', 1280);
  await page.goto('/project');
  await page.getByLabel('End date').fill('01/12/2027');
  await page.getByLabel('Title').focus();
  await page.getByText('Enter the date as YYYY-MM-DD.').waitFor();
  expect(await page.getByLabel('End date').inputValue()).toBe('01/12/2027');
  await page.close();
});

test('sends a denied site for review again when its org admin changes it', async () => {
  await study.approveAll();
  await study.signUp({
    email: 'anna@north.org',
    organization: 'North',
    role: 'org_admin',
    sites: ['north-1'],
  });
  await study.denyAll('Too few GPUs.\nCome back with two.');
  await study.admin('PATCH', '/users/5', { approval_state: 100 });
  const { page } = await visit(browser, dashboard.url);
  await logIn(page, 'anna@north.org', PASSWORD);
  await page.goto('/sites');
  await page.getByText('Change the site to send it for review again.').waitFor();
  await page.getByRole('button', { name: 'Edit GPUs of north-1' }).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await page.locator('.state-pending').waitFor();
  const admins = await admin('en', 1280);
  await admins.goto('/inbox');
  await admins.getByText('Denied before: Too few GPUs.').waitFor();
  await admins.close();
});
