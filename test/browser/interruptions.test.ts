import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { until } from '../support/until.ts';
import { waitForFocus } from './keyboard.ts';
import { prepareStudy, type Study } from './study.ts';
import { launch, logIn, openPage, visit, type Visitor } from './visitor.ts';

const Waiting = z.object({ users: z.array(z.object({ id: z.number(), email: z.string() })) });

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let admin: Visitor;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  admin = await visit(browser, dashboard.url);
  ({ page } = admin);
  await logIn(page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const passwordOf = (name: string) =>
  page.getByRole('dialog', { name }).getByLabel('Password', { exact: true }).and(page.locator('input'));

test('opens the log-in above a dialog when the session ends, and sends what was held', async () => {
  await page.goto('/sites');
  await page.getByRole('button', { name: 'Add a site' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a site' });
  await dialog.getByLabel('Site name').fill('held-1');
  await dialog.getByLabel('GPUs', { exact: true }).fill('1');
  await dialog.getByLabel('Memory per GPU in GiB').fill('16');
  await dialog.getByLabel('Organization').fill('Clinic');
  await admin.context.clearCookies();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const password = passwordOf('Your session has ended');
  await waitForFocus(password);
  await page.keyboard.press('Escape');
  // A click on a covered field would be refused by Playwright.
  await password.click();
  await password.fill(NEW_PASSWORD);
  await page
    .getByRole('dialog', { name: 'Your session has ended' })
    .getByRole('button', { name: 'Log in' })
    .click();
  await page.getByText('Site held-1').first().waitFor();
  expect(await study.admin('GET', '/clients')).toMatchObject({ client_list: [{ name: 'held-1' }] });
});

test('a refusal from before the log-in that comes after it asks for no other', async () => {
  const { page: late, context } = await visit(browser, dashboard.url);
  await logIn(late, ADMIN.email, NEW_PASSWORD);
  await late.goto('/inbox');
  await late.getByRole('heading', { level: 1 }).waitFor();
  let release: (() => void) | undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let refusals = 0;
  await late.route('**/api/v1/users?*', async (route) => {
    const response = await route.fetch();
    if (response.status() === 401) {
      refusals += 1;
      await released;
    }
    await route.fulfill({ response });
  });
  await context.clearCookies();
  await late.getByRole('link', { name: 'Users', exact: true }).click();
  const dialog = late.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByLabel('Password', { exact: true }).and(late.locator('input')).fill(NEW_PASSWORD);
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await dialog.waitFor({ state: 'detached' });
  release?.();
  await late.getByRole('table').getByText(ADMIN.email).first().waitFor();
  expect(await dialog.count()).toBe(0);
  expect(refusals).toBe(1);
  await context.close();
});

/** Fills the dialog for a new site, sends it and closes it; the function that is given lets the request go on. */
const addAndClose = async (name: string): Promise<() => void> => {
  let go: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/api/v1/clients', async (route) => {
    if (route.request().method() === 'POST') {
      await released;
    }
    await route.continue();
  });
  await page.getByRole('button', { name: 'Add a site' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a site' });
  await dialog.getByLabel('Site name').fill(name);
  await dialog.getByLabel('GPUs', { exact: true }).fill('1');
  await dialog.getByLabel('Memory per GPU in GiB').fill('16');
  await dialog.getByLabel('Organization').fill('Clinic');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  return go;
};

test('a response that comes late closes no dialog but its own', async () => {
  await page.goto('/sites');
  const go = await addAndClose('late-1');
  await page.getByRole('button', { name: 'Add a site' }).first().click();
  const siteName = page.getByRole('dialog', { name: 'Add a site' }).getByLabel('Site name');
  await siteName.fill('typed since');
  go();
  await page.getByText('Site late-1 added').first().waitFor();
  expect(await siteName.inputValue()).toBe('typed since');
  await page.unroute('**/api/v1/clients');
});

test('tells what failed after its dialog was closed', async () => {
  await page.goto('/sites');
  const go = await addAndClose('late-1');
  go();
  await page.getByRole('alert').getByText('already taken').first().waitFor();
  await page.unroute('**/api/v1/clients');
});

test('asks for the password above the dialog when the log-in is some time ago, and sends what was held', async () => {
  const leaver = { email: 'leaver@example.org', password: 'third-Lantern-4711', role: 'member' };
  await study.admin('POST', '/users', { ...leaver, organization: 'Clinic' });
  const database = new Database(join(dashboard.folder, 'db.sqlite'));
  database.prepare("update session set confirmed_at = '2020-01-01 00:00:00.000000'").run();
  database.close();
  await page.goto('/users');
  await page.getByRole('button', { name: `Actions for ${leaver.email}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(leaver.email);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  const password = passwordOf('Confirm with your password');
  await waitForFocus(password);
  await password.fill('not the password');
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await page.getByText('The current password is wrong.').waitFor();
  await password.fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await page.getByRole('status').filter({ hasText: leaver.email }).waitFor();
  expect(JSON.stringify(await study.admin('GET', '/users'))).not.toContain(leaver.email);
});

test('reloads once when the code of a page is gone after an upgrade, and keeps what was typed', async () => {
  await page.goto('/project');
  await page.getByLabel('Description').fill('typed before the upgrade');
  await page.route('**/assets/audit-page*', (route) => route.fulfill({ status: 404, body: '' }));
  const reloaded = page.waitForEvent('load');
  await page.getByRole('link', { name: 'Audit' }).click();
  await reloaded;
  await page.getByText('This part of the page failed').waitFor();
  await page.unroute('**/assets/audit-page*');
  await page.getByRole('link', { name: 'Project', exact: true }).click();
  await page.getByText('Unsaved changes').waitFor();
  expect(await page.getByLabel('Description').inputValue()).toBe('typed before the upgrade');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
});

/** Lets the next request for each of these files break off, as a change of network does. */
const cutOnce = async (target: Page, pattern: RegExp): Promise<void> => {
  const cut = new Set<string>();
  await target.route(pattern, async (route) => {
    const url = route.request().url();
    if (cut.has(url)) {
      await route.continue();
    } else {
      cut.add(url);
      await route.abort('connectionreset');
    }
  });
};

test('fetches the code of a page again when the connection broke off, and does not reload', async () => {
  await page.goto('/project');
  await page.getByLabel('Description').fill('typed before the break');
  await cutOnce(page, /\/assets\/audit-page/);
  let reloads = 0;
  page.on('load', () => {
    reloads += 1;
  });
  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
  await page.getByRole('table').waitFor();
  expect(reloads).toBe(0);
  await page.unrouteAll();
  await page.getByRole('link', { name: 'Project', exact: true }).click();
  await page.getByRole('button', { name: 'Discard changes' }).click();
});

/** Every style sheet of the page is there; the browser gives no rules of one that did not come. */
const STYLED = `[...document.querySelectorAll('link[rel="stylesheet"]')].every(({ sheet }) => {
  try {
    return sheet.cssRules.length > 0;
  } catch {
    return false;
  }
})`;

test.each([
  ['style sheets', /\/assets\/first-.*\.css$/],
  ['later style sheets', /\/assets\/(?:later-styles|dates)-.*\.css$/],
  ['texts', /\/assets\/(?:en|later)-/],
  ['first code', /\/assets\/first-.*\.js$/],
  ['own code', /\/assets\/project-page/],
])('is drawn although the connection broke off while its %s came', async (_what, pattern) => {
  const { page: fresh, context } = await visit(browser, dashboard.url);
  await logIn(fresh, ADMIN.email, NEW_PASSWORD);
  const state = await context.storageState();
  await context.close();
  const cold = await browser.newContext({ baseURL: dashboard.url, storageState: state, locale: 'en-GB' });
  const opened = await openPage(cold);
  await cutOnce(opened, pattern);
  await opened.goto('/project');
  await opened.getByRole('button', { name: 'Save' }).waitFor();
  await until(() => opened.evaluate<boolean>(STYLED), 20_000);
  await cold.close();
});

test('offers to reload a page whose code does not come', async () => {
  const { page: cut, context } = await visit(browser, dashboard.url);
  await cut.route('**/assets/first-*.js', (route) => route.abort('connectionreset'));
  await cut.goto('/');
  const reload = cut.getByRole('link', { name: 'Reload' });
  await reload.waitFor();
  await cut.unrouteAll();
  await reload.click();
  await cut.getByLabel('E-mail').waitFor();
  await context.close();
});

test('shows the settings menu once the server is back', async () => {
  await page.goto('/users');
  await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
  await page.route('**/assets/settings-menu*', (route) => route.abort());
  await page.route('**/api/v1/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Language and colors' }).click();
  await page.getByText('The server does not respond').waitFor();
  expect(await page.getByText('Unexpected Application Error').count()).toBe(0);
  await page.unroute('**/assets/settings-menu*');
  await page.unroute('**/api/v1/**');
  await page.getByText('The server does not respond').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
});

test('undoes the decision whose message was pressed', async () => {
  await study.signUp({ email: 'anna@clinic.org', organization: 'Clinic', role: 'member' });
  await study.signUp({ email: 'bert@clinic.org', organization: 'Clinic', role: 'member' });
  await page.goto('/inbox');
  await page.getByRole('button', { name: 'Approve: anna@clinic.org' }).click();
  await page.getByText('anna@clinic.org is approved.').waitFor();
  await page.getByRole('button', { name: 'Approve: bert@clinic.org' }).click();
  await page.getByText('bert@clinic.org is approved.').waitFor();
  await page.getByRole('button', { name: 'Undo: anna@clinic.org' }).click();
  await page.getByText('anna@clinic.org is pending again.').waitFor();
  expect(await study.admin('GET', '/inbox')).toMatchObject({ users: [{ email: 'anna@clinic.org' }] });
});

test('shows both values when a request changed between look and click', async () => {
  await study.signUp({ email: 'honest@clinic.org', organization: 'Clinic', role: 'member' });
  await page.goto('/inbox');
  const approve = page.getByRole('button', { name: 'Approve: honest@clinic.org' });
  await approve.waitFor();
  const { users } = Waiting.parse(await study.admin('GET', '/inbox'));
  const id = users.find(({ email }) => email === 'honest@clinic.org')?.id ?? 0;
  // The page hears of changes by itself; here it has not yet.
  await page.route('**/api/v1/inbox*', (route) => route.abort());
  await study.admin('PATCH', `/users/${id}`, { name: 'Somebody Else' });
  await approve.click();
  await page.getByText('Name: “honest” is now “Somebody Else”.').waitFor();
  expect(JSON.stringify(await study.admin('GET', '/inbox'))).toContain('honest@clinic.org');
  await page.unroute('**/api/v1/inbox*');
  await page.goto('/inbox');
  await page.getByText('Somebody Else · Clinic').waitFor();
  await approve.click();
  await page.getByText('honest@clinic.org is approved.').waitFor();
});

test('shows the log-in in every tab once one of them logs out', async () => {
  const other = await openPage(admin.context);
  await other.goto('/users');
  await other.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await other.getByLabel('E-mail').waitFor();
  expect(await other.getByText('bert@clinic.org').count()).toBe(0);
  await other.close();
});
