import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { oathCode } from '../support/oathtool.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { axeViolations, launch, logIn, logOut, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

const STEP_MS = 30_000;
const MEMBER = 'member@clinic.org';

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let admin: Visitor;
let secret = '';
let codes: readonly string[] = [];
let used = 0;

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

/** A code that has not been used: of the step before this one, of this one, of the next one. */
const nextCode = (): string => {
  used = Math.max(Math.floor(Date.now() / STEP_MS) - 1, used + 1);
  return oathCode(secret, new Date(used * STEP_MS));
};

const enterPassword = async (page: Page, email: string, password: string): Promise<void> => {
  await page.goto('./');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').and(page.locator('input')).fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
};

/** Reads the secret from the page, confirms it, and keeps the recovery codes. */
const enrol = async (page: Page): Promise<void> => {
  await page.getByRole('img', { name: 'QR code with the secret' }).waitFor();
  secret = (await page.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? '';
  await page.getByRole('textbox', { name: 'Code' }).fill('000000');
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await page.getByText('This code is wrong.').waitFor();
  await page.getByRole('textbox', { name: 'Code' }).fill(nextCode());
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  codes = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
};

test('a person sets up an authenticator app and keeps the recovery codes', async () => {
  const { page } = admin;
  await page.goto('/me');
  await page.getByRole('button', { name: 'Set up authenticator app' }).click();
  await page.getByRole('dialog').getByRole('img', { name: /^QR/ }).waitFor();
  expect(await axeViolations(admin)).toEqual([]);
  await enrol(page);
  await page.getByText('10 recovery codes left.').waitFor();
  expect(await page.content()).not.toContain(secret);
  expect(admin.complaints).toEqual([]);
});

test('a log-in then asks for a code, says what is wrong with one, and takes the right one', async () => {
  const guest = await visit(browser, dashboard.url);
  const { page } = guest;
  await enterPassword(page, ADMIN.email, NEW_PASSWORD);
  await page.getByText('Your password is right.').waitFor();
  expect(await axeViolations(guest)).toEqual([]);
  await page
    .getByRole('textbox', { name: 'Code' })
    .fill(oathCode(secret, new Date(Date.now() - 4 * STEP_MS)));
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByText('Set the clock of the device that shows it').waitFor();
  await page.getByRole('textbox', { name: 'Code' }).fill(nextCode());
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  expect(guest.complaints).toEqual([]);
  await guest.context.close();
});

test('a recovery code opens the account, once', async () => {
  const guest = await visit(browser, dashboard.url);
  const { page } = guest;
  await enterPassword(page, ADMIN.email, NEW_PASSWORD);
  await page.getByRole('textbox', { name: 'Code' }).fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await logOut(page);
  await enterPassword(page, ADMIN.email, NEW_PASSWORD);
  await page.getByRole('textbox', { name: 'Code' }).fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByText('This code is wrong.').waitFor();
  await page.getByRole('button', { name: 'Back to the password' }).click();
  await page.getByLabel('E-mail').waitFor();
  await guest.context.close();
});

test('who must have a second factor sets one up before anything else', async () => {
  const { page } = admin;
  await page.goto('/project');
  await page.getByLabel('Second factor required for').selectOption('everybody');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved').first().waitFor();
  await study.signUp({ email: MEMBER, organization: 'Clinic', role: 'member' });
  const member = await visit(browser, dashboard.url, { language: 'de' });
  await member.page.goto('./');
  await member.page.getByLabel('E-Mail').fill(MEMBER);
  await member.page.getByLabel('Passwort').and(member.page.locator('input')).fill(PASSWORD);
  await member.page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await member.page.getByRole('heading', { name: 'Zweiten Faktor einrichten' }).waitFor();
  expect(await member.page.getByRole('navigation').count()).toBe(0);
  const own = (await member.page.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? '';
  await member.page.getByRole('textbox', { name: 'Code' }).fill(oathCode(own));
  await member.page.getByRole('button', { name: 'Bestätigen' }).click();
  await member.page.getByRole('button', { name: 'Ich habe sie aufbewahrt' }).click();
  await member.page
    .getByRole('heading', { name: 'Zweiten Faktor einrichten' })
    .waitFor({ state: 'detached' });
  expect(member.complaints).toEqual([]);
  await member.context.close();
});

test('another project admin resets it, with a confirmation by password and code', async () => {
  const { page } = admin;
  await page.goto('/users');
  await page.getByRole('button', { name: `Actions for ${MEMBER}` }).click();
  await page.getByRole('menuitem', { name: 'Reset second factor' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset second factor' }).click();
  await page.getByText(`Second factor of ${MEMBER} removed.`).waitFor();
});
