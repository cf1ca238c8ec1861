import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { downloadKit, openSavedKit } from './kits.ts';
import { launch, logIn, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

const APPLICANT = { email: 'anna@clinic.org', password: 'quiet-Harbour-1234' } as const;

let dashboard: Dashboard;
let browser: Browser;
let admin: Visitor;
let applicant: Visitor;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  admin = await visit(browser, dashboard.url);
  applicant = await visit(browser, dashboard.url);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const password = (page: Page, label: string) =>
  page.getByLabel(label, { exact: true }).and(page.locator('input'));

test('the admin chooses an own password at the first log-in', async () => {
  const { page } = admin;
  await logIn(page, ADMIN.email, ADMIN.password);
  const heading = page.getByRole('heading', { level: 1 });
  await heading.waitFor();
  if ((await heading.textContent()) !== 'Choose your own password') {
    return;
  }
  await password(page, 'Current password').fill(ADMIN.password);
  await password(page, 'New password').fill(NEW_PASSWORD);
  await password(page, 'New password again').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
});

test('the admin names the project and its server and makes it public', async () => {
  const { page } = admin;
  await page.goto('/project');
  await page.getByLabel('Short name').fill('Lung study');
  await page.getByLabel('Title').fill('Lung nodules across hospitals');
  await page.getByRole('combobox', { name: 'Allow sign-ups' }).selectOption('Everybody');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  await page.goto('/server');
  await page.getByLabel('Server host name').fill('localhost');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
});

test('an org admin signs up with a site, by keyboard alone', async () => {
  const { page } = applicant;
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').focus();
  await page.keyboard.type(APPLICANT.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type('Anna');
  await page.keyboard.press('Tab');
  await page.keyboard.type(APPLICANT.password);
  await page.keyboard.press('Enter');
  await page.getByLabel('Organization', { exact: false }).first().focus();
  await page.keyboard.type('Clinic');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByLabel('Site name').focus();
  await page.keyboard.type('clinic-1');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2');
  await page.keyboard.press('Tab');
  await page.keyboard.type('16');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Request sent' }).waitFor();
  await logIn(page, APPLICANT.email, APPLICANT.password);
  await page.getByText('Your request is waiting for approval').waitFor();
});

test('the admin approves both requests in the inbox with the keys a and j', async () => {
  const { page } = admin;
  await page.goto('/inbox');
  await page.locator('[data-request]').first().focus();
  await page.keyboard.press('a');
  await page
    .getByText(/is approved\./)
    .first()
    .waitFor();
  await page.locator('[data-request]').first().focus();
  await page.keyboard.press('a');
  await page.getByText('No requests are waiting.').waitFor();
});

test('the admin freezes the project by typing its short name', async () => {
  const { page } = admin;
  await page.goto('/freeze');
  await page.getByLabel(/Type the short name/).fill('Lung study');
  await page.getByRole('button', { name: 'Freeze project' }).click();
  await page.getByRole('heading', { name: 'The project is frozen' }).waitFor();
});

test('the admin, who has no organization yet, chooses it and gets the console kit', async () => {
  const { page } = admin;
  await page.goto('/downloads');
  await page.getByRole('link', { name: 'Go to Account' }).click();
  await page.getByRole('textbox', { name: 'Organization' }).fill('Coordination');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.getByRole('heading', { name: 'Choose your organization' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Downloads' }).click();
  expect(await downloadKit(page, /Download the kit of Console kit/)).toContain('startup');
});

test('the PIN on the page opens the saved kit of the site', async () => {
  const { page } = applicant;
  await page.goto('/downloads');
  await page.getByRole('button', { name: /Download the kit of clinic-1/ }).click();
  const entries = await openSavedKit(page, () =>
    page.getByRole('button', { name: 'Prepare the kit' }).click(),
  );
  expect(entries).toEqual(expect.arrayContaining(['startup', 'local']));
});

test('a PIN that breaks the rule is refused beside its field', async () => {
  const { page } = applicant;
  await page.goto('/downloads');
  await page.getByRole('button', { name: /Download the kit of clinic-1/ }).click();
  await page.getByLabel(/Your own PIN/).fill('a b!-5678');
  await page.getByRole('button', { name: 'Prepare the kit' }).click();
  await page.getByText('Letters and digits only.').waitFor();
});

test('a taken site name is told where it was typed', async () => {
  const { page } = applicant;
  await page.goto('/sites');
  await page.getByRole('button', { name: 'Add a site' }).click();
  await page.getByLabel('Site name').fill('clinic-1');
  await page.getByLabel('GPUs', { exact: true }).fill('1');
  await page.getByLabel('Memory per GPU in GiB').fill('1');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('This name is already taken.').waitFor();
});

test('an ended session asks for a log-in in place and keeps what was typed', async () => {
  const { page, context } = applicant;
  await page.goto('/me');
  await page.getByLabel('Description').fill('typed before the session ended');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Save' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await password(page, 'Password').last().fill(APPLICANT.password);
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  expect(await page.getByLabel('Description').inputValue()).toBe('typed before the session ended');
});

test('nothing complained on the way, and no other host was asked', () => {
  expect([...admin.complaints, ...applicant.complaints]).toEqual([]);
  expect(
    [...admin.hosts, ...applicant.hosts].every((host) => host === new URL(dashboard.url).host || host === ''),
  ).toBe(true);
});
