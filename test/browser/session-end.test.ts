import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { until } from '../support/until.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy, type Study } from './study.ts';
import { launch, logIn, openPage, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);
const IDLE_MINUTES = 27;

let dashboard: Dashboard;
let browser: Browser;
let admin: Visitor;
let study: Study;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  admin = await visit(browser, dashboard.url);
  ({ page } = admin);
  // What has changed is read again, which uses the session.
  await admin.context.route('**/api/v1/events', (route) => route.abort());
  await logIn(page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

/** Lets all sessions have been opened and used so many minutes earlier. */
const age = (minutes: { readonly opened: number; readonly used: number }): void => {
  const database = new Database(join(dashboard.folder, 'db.sqlite'));
  const earlier = (column: string, count: number) =>
    `strftime('%Y-%m-%d %H:%M:%f000', ${column}, '-${count} minutes')`;
  const { opened, used } = minutes;
  database
    .prepare(
      `update session set created_at = ${earlier('created_at', opened)}, used_at = ${earlier('used_at', used)}, expires_at = ${earlier('expires_at', used)}`,
    )
    .run();
  database.close();
};

/** When the sessions end, the latest log-in first. */
const ends = (): readonly string[] => {
  const database = new Database(join(dashboard.folder, 'db.sqlite'), { readonly: true });
  const rows = database.prepare('select expires_at from session order by created_at desc').pluck().all();
  database.close();
  return z.array(z.string()).parse(rows);
};

/** The time passes for the backend, and for a page that does nothing. */
const passIdle = async (pages: readonly Page[]): Promise<void> => {
  for (const one of pages) {
    await one.locator('.session-end').waitFor({ state: 'attached' });
  }
  age({ opened: IDLE_MINUTES, used: IDLE_MINUTES });
  for (const one of pages) {
    await one.clock.fastForward(`${IDLE_MINUTES}:05`);
  }
};

const Times = z.object({ expires_in: z.number(), max_expires_in: z.number() });

const session = async (): Promise<z.infer<typeof Times>> => {
  const response = await admin.context.request.get('/api/v1/me', { headers: { 'x-dashboard-page': '/' } });
  return Times.parse(await response.json());
};

const note = (where: Page) => where.getByText(/^Your session ends at \d\d:\d\d$/);

test('is not kept by what others change while nobody is at the page', async () => {
  const left = await visit(browser, dashboard.url);
  await logIn(left.page, ADMIN.email, NEW_PASSWORD);
  await left.page.clock.install();
  await left.page.goto('/sites');
  await left.page.getByRole('heading', { name: 'Sites', level: 1 }).waitFor();
  await left.page.clock.fastForward('02:00');
  const [before] = ends();
  age({ opened: 5, used: 5 });
  const [earlier] = ends();
  expect(earlier).not.toBe(before);
  await study.admin('POST', '/clients', { name: 'by-another', organization: 'Clinic' });
  await left.page.getByText('by-another').first().waitFor();
  expect(ends()).toContain(earlier);
  await left.page.keyboard.press('Tab');
  await study.admin('POST', '/clients', { name: 'by-another-2', organization: 'Clinic' });
  await left.page.getByText('by-another-2').first().waitFor();
  await until(() => !ends().includes(earlier ?? ''), 60_000);
  await left.context.close();
});

test('says before an unused session ends, and keeps it and what was typed', async () => {
  await page.clock.install();
  await page.goto('/project');
  await page.getByLabel('Description').fill('typed before the note');
  await passIdle([page]);
  await note(page).waitFor();
  expect(
    await page
      .locator('[aria-live=polite]')
      .filter({ has: note(page) })
      .count(),
  ).toBe(1);
  expect(await page.getByLabel('Description').and(page.locator(':focus')).count()).toBe(1);
  await page.getByRole('button', { name: 'Stay logged in' }).click();
  await note(page).waitFor({ state: 'detached' });
  expect((await session()).expires_in).toBeGreaterThan(29 * 60);
  expect(await page.getByLabel('Description').inputValue()).toBe('typed before the note');
  await page.getByRole('button', { name: 'Discard changes' }).click();
});

test.each([
  ['a wide page', 1280, 800],
  ['a phone', 390, 664],
])('says so in an open dialog without covering its buttons, on %s', async (_name, width, height) => {
  await page.setViewportSize({ width, height });
  await page.goto('/sites');
  await page.getByRole('button', { name: 'Add a site' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a site' });
  await dialog.getByLabel('Site name').fill('kept-1');
  await passIdle([page]);
  await dialog.getByText('Your session ends at').waitFor();
  expect(await note(page).count()).toBe(1);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click({ trial: true });
  await dialog.getByRole('button', { name: 'Stay logged in' }).focus();
  await page.keyboard.press('Enter');
  await note(page).waitFor({ state: 'detached' });
  expect(await dialog.getByLabel('Site name').inputValue()).toBe('kept-1');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('says nothing in a tab whose session is used in another', async () => {
  const other = await openPage(admin.context);
  await other.clock.install();
  await page.goto('/users');
  await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
  await other.goto('/users');
  await passIdle([page, other]);
  await note(page).waitFor();
  await note(other).waitFor();
  await other.getByRole('link', { name: 'Audit' }).click();
  await note(other).waitFor({ state: 'detached' });
  await note(page).waitFor({ state: 'detached' });
  await other.close();
});

test('offers a new log-in before the limit of 12 hours, and keeps what was typed', async () => {
  age({ opened: 12 * 60 - 1, used: 0 });
  await page.goto('/project');
  await page.getByLabel('Description').fill('typed before the limit');
  await note(page).waitFor();
  expect(await page.getByRole('button', { name: 'Stay logged in' }).count()).toBe(0);
  const dialog = page.getByRole('dialog', { name: 'Log in again' });
  await page.getByRole('button', { name: 'Log in again' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Log in again' }).click();
  await dialog.getByLabel('Password', { exact: true }).and(page.locator('input')).fill(NEW_PASSWORD);
  await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await note(page).waitFor({ state: 'detached' });
  expect((await session()).max_expires_in).toBeGreaterThan(11 * 60 * 60);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
});
