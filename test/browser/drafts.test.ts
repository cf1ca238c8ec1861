import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);
const NEXT_PASSWORD = 'calm-Lighthouse-77';

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
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('Back leads to the step before in a sign-up, and a reload keeps all but the password', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill('ben@north.org');
  await page.getByLabel('Name').fill('Ben');
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('combobox', { name: 'Organization' }).fill('North');
  await page.goBack();
  await page.locator('input[value="ben@north.org"]').waitFor();
  expect(await page.locator('input[type=password]').inputValue()).toBe(PASSWORD);
  await page.reload();
  await page.getByLabel('E-mail').waitFor();
  await page.locator('input[value="ben@north.org"]').waitFor();
  expect(await page.locator('input[type=password]').inputValue()).toBe('');
  await page.goForward();
  await page.locator('input[value="North"]').waitFor();
  await context.close();
});

test('what is typed in the project settings survives a reload and another page, until it is discarded', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/project');
  await page.getByLabel('Title').fill('A title that nobody saved');
  await page.reload();
  await page.locator('input[value="A title that nobody saved"]').waitFor();
  await page.getByRole('link', { name: 'Server' }).click();
  await page.getByRole('heading', { level: 1, name: 'Server' }).waitFor();
  await page.goBack();
  await page.getByText('Unsaved changes').waitFor();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  expect(await page.getByLabel('Title').inputValue()).toBe('Lung nodules across hospitals');
  await context.close();
});

test('a log-out asks before it discards what was typed and not saved', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/project');
  await page.getByLabel('Title').fill('A title that nobody saved');
  await page.getByText('Unsaved changes').waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(await page.getByLabel('Title').inputValue()).toBe('A title that nobody saved');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard and log out' }).click();
  await page.getByText('Log in', { exact: true }).first().waitFor();
  expect(await page.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('draft'))")).toEqual(
    [],
  );
  await context.close();
});

test('a project admin gives a link to somebody who forgot the password', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/users');
  await page.getByRole('row').filter({ hasText: 'anna@north.org' }).locator('[aria-haspopup=menu]').click();
  await page.getByRole('menuitem', { name: 'Password link' }).click();
  await page.getByRole('button', { name: 'Generate the link' }).click();
  const link = await page.getByRole('dialog').locator('.mantine-Code-root').innerText();
  await context.close();
  const anna = await visit(browser, dashboard.url);
  await anna.page.goto('/');
  await anna.page.getByText('Forgot your password?').waitFor();
  await anna.page.goto(link);
  await anna.page.getByRole('button', { name: 'Set the password' }).waitFor();
  for (const field of await anna.page.locator('input[type=password]').all()) {
    await field.fill(NEXT_PASSWORD);
  }
  await anna.page.getByRole('button', { name: 'Set the password' }).click();
  await anna.page.getByText('The new password is set').waitFor();
  await logIn(anna.page, 'anna@north.org', NEXT_PASSWORD);
  await anna.context.close();
});

test('states keep their marks and the current page its own in forced colors', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/users');
  await page.locator('.state-approved').first().waitFor();
  const mark = "getComputedStyle(document.querySelector('.state-approved'), '::before').backgroundColor";
  expect(await page.evaluate(mark)).toBe('rgb(27, 116, 101)');
  const current = "getComputedStyle(document.querySelector('[aria-current=page]'))";
  expect(
    await page.evaluate(`${current}.outlineStyle !== 'none' || ${current}.borderInlineStartStyle !== 'none'`),
  ).toBe(true);
  await context.close();
});
