import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy } from './study.ts';
import { axeViolations, launch, logIn, settled, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let admin: Visitor;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  const study = await prepareStudy(dashboard.url);
  const person = { organization: 'North', role: 'org_admin' as const };
  await study.signUp({ ...person, email: 'anna@north.org', sites: ['north-1'] });
  await study.approveAll();
  await study.signUp({ ...person, email: 'ben@north.org', sites: ['north-2'] });
  await study.signUp({ ...person, email: 'cleo@south.org', organization: 'South', sites: ['south-1'] });
  admin = await visit(browser, dashboard.url);
  await logIn(admin.page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const views = (page: Page) => page.getByRole('group', { name: 'Saved views' });

const save = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await views(page).getByRole('button', { name, exact: true }).waitFor();
};

test('keeps the filters of a list under a name and brings them back in another browser', async () => {
  await admin.page.goto('/users');
  await settled(admin.page);
  expect(await admin.page.getByRole('button', { name: 'Save view' }).count()).toBe(0);
  await admin.page.getByLabel('Approval').selectOption('pending');
  await admin.page.getByRole('searchbox', { name: 'Filter' }).fill('north');
  await admin.page.waitForURL(/q=north/);
  await save(admin.page, 'Waiting in the north');
  expect(await axeViolations(admin)).toEqual([]);

  const { page, context } = await visit(browser, dashboard.url);
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/users');
  const view = views(page).getByRole('button', { name: 'Waiting in the north', exact: true });
  await view.click();
  await page.waitForURL(/\/users\?(?=.*q=north)(?=.*state=pending)/);
  await page.getByRole('row').filter({ hasText: 'anna@north.org' }).waitFor({ state: 'detached' });
  await page.getByRole('row').filter({ hasText: 'ben@north.org' }).waitFor();
  expect(await page.getByRole('searchbox', { name: 'Filter' }).inputValue()).toBe('north');
  expect(await view.getAttribute('aria-pressed')).toBe('true');
  await context.close();
});

test('says in the dialog that a name is taken', async () => {
  await admin.page.goto('/users?state=approved');
  await admin.page.getByRole('button', { name: 'Save view' }).click();
  await admin.page.getByRole('dialog').getByLabel('Name').fill('Waiting in the north');
  await admin.page.keyboard.press('Enter');
  await admin.page.locator('[role=dialog] [aria-invalid=true]').waitFor();
  await admin.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
});

test.each([
  ['/inbox?q=south', 'cleo@south.org', 'ben@north.org'],
  ['/sites?organization=South', 'south-1', 'north-1'],
  ['/audit?action=user.approve', 'admin@example.org approved', 'logged in'],
] as const)('is saved and chosen on %s', async (address, found, hidden) => {
  const [place = ''] = address.split('?');
  await admin.page.goto(address);
  await admin.page.getByRole('heading', { level: 1 }).waitFor();
  await settled(admin.page);
  await save(admin.page, 'Only these');
  await admin.page.goto(place);
  await admin.page.locator('main').getByText(hidden).first().waitFor();
  await views(admin.page).getByRole('button', { name: 'Only these', exact: true }).click();
  await admin.page.locator('main').getByText(hidden).first().waitFor({ state: 'detached' });
  await admin.page.locator('main').getByText(found).first().waitFor();
  expect(new URL(admin.page.url()).search).toBe(new URL(address, dashboard.url).search);
});

test('is deleted by its button', async () => {
  await admin.page.goto('/users');
  await admin.page.getByRole('button', { name: 'Delete the view Waiting in the north' }).click();
  await admin.page.getByText('View Waiting in the north deleted.').waitFor();
  await views(admin.page).waitFor({ state: 'detached' });
});
