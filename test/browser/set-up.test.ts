import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { chooseLanguage, prepareStudy } from './study.ts';
import { axeViolations, launch, logIn, settled, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let admin: Visitor;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  await prepareStudy(dashboard.url, { short_name: '', title: '', server1: '', public: false });
  admin = await visit(browser, dashboard.url);
  await logIn(admin.page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const step = (page: Page, title: string) => page.getByRole('heading', { level: 2, name: title }).waitFor();

/** Title of the step that has the focus. */
const FOCUSED = "document.activeElement.querySelector('h2')?.textContent";

test('leads from the empty project by keyboard alone to the step of the kits', async () => {
  const { page } = admin;
  await page.getByRole('link', { name: 'Set up step by step' }).focus();
  await page.keyboard.press('Enter');
  await step(page, 'What is the project called?');
  await page.getByLabel('Short name').focus();
  await page.keyboard.press('Enter');
  await page.locator('form [aria-invalid=true]').waitFor();
  await page.keyboard.type('Lung study');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Lung nodules across hospitals');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Dr. Harbour, harbour@example.org');
  await page.keyboard.press('Enter');
  await step(page, 'Where does the FL server run?');
  await page.waitForFunction(`${FOCUSED} === 'Where does the FL server run?'`);
  expect(await axeViolations(admin)).toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.type('fl.example.org');
  await page.keyboard.press('Enter');
  await step(page, 'Which NVFLARE do the sites run?');
  expect(await page.locator('[aria-current=step]').innerText()).toBe('3. Kits');
});

test('takes the set-up up again where it was left, and Back leads to the step before', async () => {
  const { page } = admin;
  await page.getByRole('link', { name: 'Leave' }).click();
  await page.getByRole('link', { name: 'Continue the set-up' }).click();
  await step(page, 'Which NVFLARE do the sites run?');
  await page.getByLabel('RSA key size').selectOption('2048');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await step(page, 'Freeze the project');
  await settled(page);
  expect(await axeViolations(admin)).toEqual([]);
  await page.goBack();
  await step(page, 'Which NVFLARE do the sites run?');
  expect(await page.getByLabel('RSA key size').inputValue()).toBe('2048');
});

test('hides nothing meanwhile: every page is in the menu, and shows what was set', async () => {
  const { page } = admin;
  await page.getByRole('navigation').getByRole('link', { name: 'Project', exact: true }).click();
  await page.locator('input[value="Lung study"]').waitFor();
  await page.locator('input[value="Dr. Harbour, harbour@example.org"]').waitFor();
});

test('skips a step, freezes the project and invites people at the end', async () => {
  const { page } = admin;
  await page.goto('/set-up?step=kits');
  await page.getByRole('button', { name: 'Skip this step' }).click();
  await step(page, 'Freeze the project');
  await page.getByLabel('Type the short name').fill('Lung study');
  await page.getByRole('button', { name: 'Freeze project' }).click();
  await page.getByText('The project is frozen; kits can be downloaded.').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await step(page, 'Invite people');
  await page.getByRole('button', { name: 'Invite people' }).click();
  await page.getByRole('dialog').getByLabel('E-mail addresses').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Finish' }).click();
  await page.getByRole('heading', { level: 1, name: 'Lung nodules across hospitals' }).waitFor();
  await settled(page);
  expect(await page.getByRole('link', { name: 'Continue the set-up' }).count()).toBe(0);
});

test('speaks German, and is no place for others', async () => {
  const { page, context } = await visit(browser, dashboard.url, { language: 'de' });
  await page.goto('/set-up');
  await page.getByLabel('E-Mail').waitFor();
  await chooseLanguage(dashboard.url, { email: ADMIN.email, password: NEW_PASSWORD }, 'de');
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/set-up?step=server');
  await step(page, 'Wo läuft der FL-Server?');
  await context.close();
});
