import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy, type Study } from './study.ts';
import { axeViolations, launch, logIn, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

const HAMBURG = 'Universitätsklinikum Hamburg-Eppendorf';
const UKE = 'Universitaetsklinikum_Hamburg_Eppendorf';

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let admin: Visitor;

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

test('a project admin adds an organization under the name that people know', async () => {
  const { page } = admin;
  await page.goto('/organizations');
  await page.getByRole('button', { name: 'Add organization' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Display name' }).fill(HAMBURG);
  expect(
    await dialog.getByRole('textbox', { name: 'Name in certificates' }).getAttribute('placeholder'),
  ).toBe(UKE);
  await dialog.getByRole('textbox', { name: 'Contacts' }).fill('Ada Berg\nada@uke.example.org');
  expect(await axeViolations(admin)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: HAMBURG }).waitFor();
  await page.getByText('ada@uke.example.org').waitFor();
  await page.goto('/organizations');
  await page
    .getByRole('row')
    .filter({ hasText: HAMBURG })
    .filter({ hasText: 'nobody invited yet' })
    .waitFor();
  expect(admin.complaints).toEqual([]);
});

test('somebody who signs up sees the organizations that exist', async () => {
  const guest = await visit(browser, dashboard.url);
  await guest.page.goto('/sign-up');
  await guest.page.getByLabel('E-mail').fill('guest@uke.example.org');
  await guest.page.getByLabel('Name', { exact: false }).fill('Guest');
  await guest.page
    .getByLabel(/^Password/)
    .and(guest.page.locator('input'))
    .fill('quiet-Harbour-1234');
  await guest.page.getByRole('button', { name: 'Next' }).click();
  await guest.page.getByText(`${HAMBURG} (${UKE})`).waitFor();
  await guest.context.close();
});

test('a misspelled organization is merged into the right one', async () => {
  await study.signUp({ email: 'ben@north.org', organization: 'Hospital_North', role: 'member' });
  await study.signUp({ email: 'cora@north.org', organization: 'Hospita1_North', role: 'org_admin' });
  const { page } = admin;
  await page.goto('/organizations/Hospita1_North');
  await page.getByText('Looks like:').waitFor();
  await page.getByRole('button', { name: 'Merge into another organization' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('heading', { name: 'Hospital_North' }).waitFor();
  await page.getByRole('cell', { name: 'cora@north.org' }).waitFor();
  expect(await axeViolations(admin)).toEqual([]);
  expect(admin.complaints).toEqual([]);
});
