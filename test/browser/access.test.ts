import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { axeViolations, launch, logIn, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let admin: Visitor;
let study: Study;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  admin = await visit(browser, dashboard.url);
  await logIn(admin.page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const statusOfMe = async (token: string): Promise<number> =>
  (await fetch(`${dashboard.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;

test('an access token is shown once, works, and is refused after it was revoked', async () => {
  const { page } = admin;
  await page.goto('/me');
  const card = page.getByRole('region', { name: 'Access tokens' }).first();
  await card.getByRole('button', { name: 'Generate token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Generate token' }).click();
  await dialog
    .getByText('This field is required.')
    .or(dialog.locator('[aria-invalid=true]'))
    .first()
    .waitFor();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly');
  await dialog.getByRole('button', { name: 'Generate token' }).click();
  const token = await dialog.getByText(/^nvfl_/).textContent();
  expect(await statusOfMe(token ?? '')).toBe(200);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await card.getByText('nightly', { exact: true }).waitFor();
  expect(await page.content()).not.toContain(token);
  await card.getByRole('button', { name: 'Revoke nightly' }).click();
  await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByText('You have no access tokens.').waitFor();
  expect(await statusOfMe(token ?? '')).toBe(401);
});

test('a token of the project is generated on its page, lists its creator, and is revoked', async () => {
  const { page } = admin;
  await page.goto('/project');
  const card = page.getByRole('region', { name: 'Tokens of the project' }).first();
  await card.getByText('The project has no tokens.').waitFor();
  await card.getByRole('button', { name: 'Generate a token of the project' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('pipeline');
  await dialog.getByRole('button', { name: 'Generate token' }).click();
  const token = (await dialog.getByText(/^nvfl_/).textContent()) ?? '';
  expect(await statusOfMe(token)).toBe(200);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await card.getByRole('row', { name: new RegExp(`pipeline.*${ADMIN.email}`) }).waitFor();
  await page.goto('/audit');
  await page.getByText('generated the project token pipeline').first().waitFor();
  await page.goto('/project');
  await card.getByRole('button', { name: 'Revoke pipeline' }).click();
  await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
  await card.getByText('The project has no tokens.').waitFor();
  expect(await statusOfMe(token)).toBe(401);
});

test('a session elsewhere is listed, and ended from here', async () => {
  const { page } = admin;
  const elsewhere = await visit(browser, dashboard.url);
  await logIn(elsewhere.page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/me');
  await page.getByText('this session').waitFor();
  expect(await page.getByText('Chrome on Linux').count()).toBe(2);
  await page.getByRole('button', { name: 'End all other sessions' }).click();
  await page.getByRole('button', { name: 'End all other sessions' }).waitFor({ state: 'detached' });
  await elsewhere.page.goto('/me');
  await elsewhere.page.getByRole('button', { name: 'Log in' }).waitFor();
});

test('both parts have no faults that axe finds', async () => {
  await admin.page.goto('/me');
  await admin.page.getByText('this session').waitFor();
  expect(await axeViolations(admin)).toEqual([]);
  expect(admin.complaints).toEqual([]);
});

test('an invited person signs up by the link and can log in at once', async () => {
  const { page } = admin;
  await page.goto('/users');
  await page.getByRole('button', { name: 'Invite people' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail addresses').fill('guest@clinic.org');
  await dialog.getByLabel('Organization').fill('Clinic');
  await dialog.getByLabel('Role').selectOption('lead');
  await dialog.getByRole('button', { name: 'Create links' }).click();
  const link = (await dialog.getByText(/#invitation=nvfi_/).textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Done' }).click();
  const guest = await visit(browser, dashboard.url);
  await guest.page.goto(link);
  await guest.page.getByText('You are invited to join Clinic as Lead researcher.').waitFor();
  expect(await guest.page.getByLabel('E-mail').inputValue()).toBe('guest@clinic.org');
  await guest.page.getByLabel('Name').fill('Guest');
  await guest.page
    .getByLabel('Password', { exact: false })
    .and(guest.page.locator('input'))
    .fill('quiet-Harbour-1234');
  await guest.page.getByRole('button', { name: 'Create account' }).click();
  await guest.page.getByRole('heading', { name: 'Your account is ready' }).waitFor();
  await logIn(guest.page, 'guest@clinic.org', 'quiet-Harbour-1234');
  await page.reload();
  await page.getByText('accepted by guest@clinic.org').waitFor();
  expect(guest.complaints).toEqual([]);
});

test('a person deletes the own account after typing its e-mail', async () => {
  await study.signUp({ email: 'leaver@clinic.org', organization: 'Clinic', role: 'member' });
  const leaver = await visit(browser, dashboard.url);
  const { page } = leaver;
  await logIn(page, 'leaver@clinic.org', PASSWORD);
  await page.goto('/me');
  await page.getByRole('button', { name: 'Delete my account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Certificates in downloaded kits stay valid').waitFor();
  const confirm = dialog.getByRole('button', { name: 'Delete my account' });
  expect(await confirm.isDisabled()).toBe(true);
  expect(await axeViolations(leaver)).toEqual([]);
  await dialog.getByRole('textbox').fill('leaver@clinic.org');
  await confirm.click();
  await page.getByRole('button', { name: 'Log in', exact: true }).waitFor();
  await page.getByLabel('E-mail').fill('leaver@clinic.org');
  await page.getByLabel('Password').and(page.locator('input')).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByText('Wrong e-mail or password.').waitFor();
  expect(leaver.complaints).toEqual([]);
  await leaver.context.close();
});

test('a person downloads the own data', async () => {
  const { page } = admin;
  await page.goto('/me');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download my data' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('my-data.json');
  expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toMatchObject({
    user: { email: ADMIN.email },
  });
});

test('the last project admin is told why the account stays', async () => {
  const { page } = admin;
  await page.goto('/me');
  await page.getByRole('button', { name: 'Delete my account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(ADMIN.email);
  await dialog.getByRole('button', { name: 'Delete my account' }).click();
  await dialog.getByText('The last project admin cannot be removed.').waitFor();
});
