import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, settled, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

const MEMBERS = 60;

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  for (let number = 1; number <= MEMBERS; number += 1) {
    const name = `m${String(number).padStart(2, '0')}`;
    const role = number > 50 ? 'lead' : 'member';
    const person = { name, email: `${name}@south.org`, password: PASSWORD };
    await study.admin('POST', '/users', { ...person, organization: 'South', role });
  }
  const sites = ['north-1', 'north-2'];
  await study.signUp({ email: 'anna@north.org', organization: 'North', role: 'org_admin', sites });
  await study.approveAll();
  await study.signUp({ email: 'late@south.org', organization: 'South', role: 'member' });
  visitor = await visit(browser, dashboard.url);
  page = visitor.page;
  await logIn(page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const rows = () => page.getByRole('region', { name: 'Users' }).getByRole('row').filter({ hasText: '@' });
const address = () => new URL(page.url()).search;

test('asks the server for the rows of one page alone', async () => {
  const asked: string[] = [];
  page.on('request', (request) =>
    asked.push(new URL(request.url()).pathname + new URL(request.url()).search),
  );
  await page.goto('/users');
  await rows().first().waitFor();
  expect(await rows().count()).toBe(25);
  await page.getByText(`1–25 of ${MEMBERS + 3}`).waitFor();
  // Once more after a change that somebody makes meanwhile, but never another part of the list.
  const lists = asked.filter((path) => path.startsWith('/api/v1/users'));
  expect([...new Set(lists)]).toEqual(['/api/v1/users?offset=0&limit=25']);
});

test('turns to the next page, a typed page and another size, and back by the browser', async () => {
  await page.goto('/users?sort=name');
  await rows().filter({ hasText: 'm20@' }).waitFor();
  await page.getByRole('button', { name: 'Next page' }).click();
  await rows().filter({ hasText: 'm40@' }).waitFor();
  expect(address()).toBe('?sort=name&page=2');
  await page.getByRole('textbox', { name: 'Page', exact: true }).fill('3');
  await page.keyboard.press('Enter');
  await rows().filter({ hasText: 'm60@' }).waitFor();
  await page.goBack();
  await rows().filter({ hasText: 'm40@' }).waitFor();
  await page.reload();
  await rows().filter({ hasText: 'm40@' }).waitFor();
  await page.getByLabel('Rows per page').selectOption('100');
  await page.getByText('63 rows', { exact: true }).waitFor();
  await rows().nth(62).waitFor();
  expect(address()).toBe('?sort=name&size=100');
});

test('shows the top of the table when it turns a page', async () => {
  await page.goto('/users');
  const next = page.getByRole('button', { name: 'Next page' });
  await next.scrollIntoViewIfNeeded();
  await next.click();
  await page.getByText(`26–50 of ${MEMBERS + 3}`).waitFor();
  const box = await page.getByLabel('Filter', { exact: true }).boundingBox();
  expect(box?.y).toBeGreaterThan(0);
  expect(box?.y).toBeLessThan(400);
});

test('narrows by several filters, each of which can be taken away', async () => {
  await page.goto('/users');
  await page.getByLabel('Role', { exact: true }).selectOption('lead');
  await page.getByText('10 rows', { exact: true }).waitFor();
  await page.getByLabel('Approval', { exact: true }).selectOption('pending');
  await page.getByText('No row matches the filter.').waitFor();
  expect(address()).toBe('?role=lead&state=pending');
  await page.getByRole('button', { name: 'Remove the filter Role: Lead researcher' }).click();
  await rows().filter({ hasText: 'late@south.org' }).waitFor();
  await page.goBack();
  await page.getByText('No row matches the filter.').waitFor();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.getByText(`${MEMBERS + 3} rows`, { exact: true }).waitFor();
});

test.each(['?state=bogus', '?role=bogus', '?sort=bogus', '?page=bogus', '?size=7'])(
  'takes no notice of what it does not know in %s',
  async (search) => {
    await page.goto(`/users${search}`);
    await page.getByText(`${MEMBERS + 3} rows`, { exact: true }).waitFor();
    expect(await rows().count()).toBe(25);
    expect(await page.getByRole('group', { name: 'Active filters' }).count()).toBe(0);
  },
);

test('goes to the last page where the address names one beyond', async () => {
  await page.goto('/users?page=99');
  await page.getByText(`51–${MEMBERS + 3} of ${MEMBERS + 3}`).waitFor();
});

test('saves every row that matches, with times that a spreadsheet sorts', async () => {
  await page.goto('/users?organization=South');
  await page.getByText('61 rows', { exact: true }).waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const lines = (await readFile(await saved.path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(62);
  expect(lines[1]).toMatch(/,\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z,/);
});

test('keeps the rows that were chosen on another page', async () => {
  await page.goto('/users?sort=name');
  await page.getByRole('checkbox', { name: 'Select m01@south.org' }).check();
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByRole('checkbox', { name: 'Select m30@south.org' }).check();
  await page.getByText('2 selected').waitFor();
  await page.getByRole('button', { name: 'Previous page' }).click();
  await page.getByRole('checkbox', { name: 'Select m01@south.org' }).waitFor();
  expect(await page.getByRole('checkbox', { name: 'Select m01@south.org' }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Clear selection' }).click();
});

test('finds sites by owner and by downloads', async () => {
  await page.goto('/sites?q=anna@north');
  const sites = page.getByRole('region', { name: 'Sites' }).getByRole('row').filter({ hasText: 'north-' });
  await sites.nth(1).waitFor();
  await page.getByLabel('Startup kit', { exact: true }).selectOption('downloaded');
  await page.getByText('No row matches the filter.').waitFor();
  expect(address()).toBe('?q=anna%40north&kit=downloaded');
});

test.each(['/users', '/sites', '/organizations'])(
  'keeps state and actions of %s in sight at 1280 px',
  async (path) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(path);
    await page.locator('.scroll-x tbody tr').first().waitFor();
    await settled(page);
    const overflow = await page.evaluate(
      "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.scroll-x'))",
    );
    expect(overflow).toBe(0);
  },
);

test('shows each row as a card on a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/users');
  await rows().first().waitFor();
  expect(await page.locator('thead').first().isVisible()).toBe(false);
  const state = rows()
    .first()
    .getByText(/approved|pending/);
  expect(await state.isVisible()).toBe(true);
  const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(sideways).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(visitor.complaints).toEqual([]);
});
