import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { downloadKit } from './kits.ts';
import { PASSWORD, prepareStudy, SHORT_NAME, type Study } from './study.ts';
import { launch, logIn, settled, visit } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let admin: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  ({ page: admin } = await visit(browser, dashboard.url));
  await logIn(admin, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const kitButtons = (page: Page) => page.getByRole('button', { name: /^Download the kit of/ });

describe('a project of release 2.6 in high availability', () => {
  test('is set up by the project admin in the page', async () => {
    await admin.goto('/project');
    await admin.getByLabel('NVFLARE version of the kits').selectOption('2.6');
    await admin.getByRole('button', { name: 'Save' }).click();
    await admin.getByText('Saved.', { exact: true }).waitFor();
    await admin.goto('/server');
    await admin.getByRole('switch', { name: /High availability/ }).check();
    await admin.getByLabel('Second server host name').fill('second.example.org');
    await admin.getByLabel('Overseer host name').fill('overseer.example.org');
    await admin.getByRole('button', { name: 'Save' }).click();
    await admin.getByText('Saved.', { exact: true }).waitFor();
    await admin.goto('/freeze');
    await admin.getByText('overseer.example.org').first().waitFor();
    await admin.getByLabel(/Type the short name/).fill(SHORT_NAME);
    await admin.getByRole('button', { name: 'Freeze project' }).click();
    await admin.getByRole('heading', { name: 'The project is frozen' }).waitFor();
  });

  test.each([
    ['Server: localhost', /Download the kit of Server:/, 'fed_server.json'],
    ['Second server: second.example.org', /Download the kit of Second server:/, 'fed_server.json'],
    ['Overseer: overseer.example.org', /Download the kit of Overseer:/, undefined],
  ])('gives the kit of %s', async (label, button, file) => {
    await admin.goto('/downloads');
    await admin.getByText(label, { exact: true }).waitFor();
    const entries = await downloadKit(admin, button);
    expect(entries).toContain('startup');
    expect(entries.includes('local')).toBe(file !== undefined);
  });
});

describe.each([
  { choice: 'Member', role: 'Member', email: 'mia@clinic.org' },
  { choice: 'Lead researcher', role: 'Lead researcher', email: 'lea@clinic.org' },
])('as $role', ({ choice, role, email }) => {
  test('one signs up, is approved, reads the own role and downloads the console kit', async () => {
    const { page, context, complaints } = await visit(browser, dashboard.url);
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign up' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign up' }).waitFor();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Name', { exact: false }).first().fill('Mia Lea');
    await page.getByLabel('Password', { exact: false }).and(page.locator('input')).fill(PASSWORD);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Organization', { exact: false }).first().fill('Clinic');
    await page.getByRole('radio', { name: choice }).check();
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByRole('heading', { name: 'Request sent' }).waitFor();
    await study.approveAll();
    await logIn(page, email, PASSWORD);
    await page.getByRole('link', { name: 'Account' }).click();
    await page.getByRole('definition').getByText(role, { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Downloads' }).click();
    await kitButtons(page).first().waitFor();
    expect(await kitButtons(page).count()).toBe(1);
    expect(await downloadKit(page, /Download the kit of Console kit/)).toContain('startup');
    const pages = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents();
    expect(pages).toEqual(['Home', 'Downloads', 'Account']);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('an org admin is offered the kits of the own approved sites alone', async () => {
  await study.signUp({
    email: 'anna@north.org',
    organization: 'North',
    role: 'org_admin',
    sites: ['north-1', 'north-2'],
  });
  await study.signUp({
    email: 'ben@north.org',
    organization: 'North',
    role: 'org_admin',
    sites: ['north-3'],
  });
  await study.signUp({
    email: 'cora@south.org',
    organization: 'South',
    role: 'org_admin',
    sites: ['south-1'],
  });
  await study.approveAll();
  const { page, context } = await visit(browser, dashboard.url);
  await logIn(page, 'anna@north.org', PASSWORD);
  await page.goto('/sites');
  await page.getByRole('button', { name: 'Add a site' }).click();
  await page.getByLabel('Site name').fill('north-waits');
  await page.getByLabel('GPUs', { exact: true }).fill('1');
  await page.getByLabel('Memory per GPU in GiB').fill('8');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Site north-waits added; waiting for approval.').waitFor();
  await page.goto('/me');
  await page.getByRole('heading', { name: 'My data', exact: true }).waitFor();
  await settled(page);
  expect(await page.getByText('north-waits').count()).toBe(0);
  await page.goto('/downloads');
  await page.getByText('north-1 (North)').waitFor();
  const buttons = await kitButtons(page).all();
  const offered = await Promise.all(buttons.map((button) => button.getAttribute('aria-label')));
  expect(offered).toEqual([
    'Download the kit of Console kit of anna@north.org',
    'Download the kit of north-1 (North)',
    'Download the kit of north-2 (North)',
  ]);
  await context.close();
});

describe('a frozen project', () => {
  test('shows which kits a new server name changes, and changes it once confirmed', async () => {
    await admin.goto('/server');
    await admin.getByLabel('Server host name', { exact: true }).fill('moved.example.org');
    await admin.getByRole('button', { name: 'Show what changes' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Change the servers of the frozen project?' });
    await dialog.getByText('server1: localhost → moved.example.org').waitFor();
    await dialog.getByText('common_name: localhost → moved.example.org').waitFor();
    await dialog.getByText('new kit, the certificate stays as it is').first().waitFor();
    await dialog.getByRole('button', { name: 'Change and supersede' }).click();
    await admin.getByText('Changed. Everybody concerned needs the next kit.', { exact: true }).waitFor();
    await admin.goto('/certificates');
    await admin.getByText('Next kit awaited').first().waitFor();
  });
});
