import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { chooseLanguage, PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, settled, visit } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let admin: Page;

const as = async (email: string, password: string): Promise<Page> => {
  const { page } = await visit(browser, dashboard.url);
  await logIn(page, email, password);
  return page;
};

/** Waits until something holds in the page; a promise, since its policy forbids to evaluate a text again and again. */
const soon = async (page: Page, condition: string): Promise<void> => {
  await page.waitForFunction(`new Promise((resolve) => {
    const look = () => (${condition} ? resolve(true) : requestAnimationFrame(look));
    look();
  })`);
};

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url, { server_props: { fed_learn_port: 8102 } });
  admin = await as(ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('the freeze page names settings in words, lists the ports and warns by its color', async () => {
  await admin.goto('/freeze');
  const checks = admin.getByRole('region', { name: 'Checks' });
  await checks.getByText('Server host name: localhost').waitFor();
  await admin.getByRole('definition').getByText('8102').waitFor();
  await admin.getByLabel(/Type the short name/).fill('Lung study');
  await admin.locator('main button[type=submit]:enabled', { hasText: 'Freeze project' }).waitFor();
  const color = await admin.evaluate(
    "getComputedStyle([...document.querySelectorAll('main button[type=submit]')].at(-1)).backgroundColor",
  );
  expect(color).toBe('rgb(201, 42, 42)');
});

test('the freeze page says what was checked in German, and that kits expire before the project ends', async () => {
  const end = `${new Date().getUTCFullYear() + 3}-12-31`;
  await study.admin('PATCH', '/project', { end_date: end, server1: 'fl.nowhere.invalid' });
  await chooseLanguage(dashboard.url, { email: ADMIN.email, password: NEW_PASSWORD }, 'de');
  const { page, context } = await visit(browser, dashboard.url, { language: 'de' });
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/freeze');
  const checks = page.getByRole('region', { name: 'Prüfungen' });
  await checks.getByText('fl.nowhere.invalid lässt sich von hier aus nicht auflösen').waitFor();
  await checks.getByText('Passphrase: Das Dashboard wurde ohne Passphrase gestartet').waitFor();
  await checks.getByText('Heute heruntergeladene Kits laufen vor dem Projektende am 31.').waitFor();
  await context.close();
  await study.admin('PATCH', '/project', { end_date: '', server1: 'localhost' });
  await chooseLanguage(dashboard.url, { email: ADMIN.email, password: NEW_PASSWORD }, 'en');
});

test('a site is handed over to a person from a list, and who registered it is not offered', async () => {
  for (const name of ['anna', 'bert']) {
    const sites = [`east-${name}`];
    await study.signUp({ email: `${name}@east.org`, organization: 'East', role: 'org_admin', sites });
  }
  await study.approveAll();
  await admin.goto('/sites?q=east-anna');
  await admin.getByRole('button', { name: 'Actions for east-anna' }).click();
  await admin.getByRole('menuitem', { name: 'Hand over …' }).click();
  const dialog = admin.getByRole('dialog');
  const owner = dialog.getByLabel('New owner');
  expect(await owner.locator('option').allTextContents()).toEqual(['Choose …', 'bert (bert@east.org)']);
  await owner.selectOption('bert@east.org');
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await dialog.waitFor({ state: 'detached' });
  await admin.getByRole('row').filter({ hasText: 'bert@east.org' }).waitFor();
});

test('the project admin corrects the capacity of an approved site', async () => {
  await admin.getByRole('link', { name: 'east-anna' }).click();
  await admin.getByRole('button', { name: /^Edit GPUs of east-anna/ }).click();
  await admin.keyboard.press('ControlOrMeta+a');
  await admin.keyboard.type('8');
  await admin.keyboard.press('Enter');
  await admin.getByRole('status').getByText('Saved.').waitFor();
  expect(await study.admin('GET', '/clients?q=east-anna')).toMatchObject({
    client_list: [{ capacity: { num_of_gpus: 8 } }],
  });
});

test('motion stands still for those who asked for less of it', async () => {
  const page = await as(ADMIN.email, NEW_PASSWORD);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.route('**/api/v1/overview', () => undefined);
  await page.goto('/');
  await page.locator('.mantine-Skeleton-root').first().waitFor();
  // One without a duration only lets something appear later.
  const moving = await page.evaluate(
    `document.getAnimations().filter(({ playState, effect }) =>
      playState === 'running' && effect.getComputedTiming().activeDuration > 0).length`,
  );
  expect(moving).toBe(0);
  await page.context().close();
});

test.each(['/me', '/organizations/Coordination'])('no two parts of %s have the same name', async (path) => {
  const page = await as(ADMIN.email, NEW_PASSWORD);
  await page.goto(path);
  await page.getByRole('region').first().waitFor();
  await settled(page);
  const names = await page.evaluate(
    `[...document.querySelectorAll('main section[aria-labelledby], main [role=region]')].map((part) =>
      part.getAttribute('aria-label') ?? document.getElementById(part.getAttribute('aria-labelledby')).textContent)`,
  );
  const all = z.array(z.string()).min(1).parse(names);
  expect(all).toEqual([...new Set(all)]);
  await page.context().close();
});

test('the freeze page of a frozen project says so and keeps showing what is fixed', async () => {
  await study.freeze();
  await admin.goto('/freeze');
  await admin.getByRole('heading', { level: 1, name: 'Frozen project' }).waitFor();
  const fixed = admin.getByRole('region', { name: 'Fixed values' });
  await fixed.getByText('Lung study').waitFor();
  await fixed.getByText('8102').waitFor();
});

test('the note of somebody who waits leads nowhere that one is already', async () => {
  await study.signUp({ email: 'wait@south.org', organization: 'South', role: 'member' });
  const page = await as('wait@south.org', PASSWORD);
  await page.goto('/me');
  const note = page.getByRole('alert').filter({ hasText: 'waiting for approval' });
  await note.waitFor();
  expect(await note.getByRole('link').count()).toBe(0);
});

test('a sent request says what was sent and no longer invites to sign up', async () => {
  const { page } = await visit(browser, dashboard.url);
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill('new@west.org');
  await page.getByLabel('Name', { exact: false }).first().fill('Nora West');
  await page.getByLabel('Password', { exact: false }).and(page.locator('input')).fill(PASSWORD);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Organization', { exact: false }).first().fill('West');
  await page.getByRole('button', { name: 'Send request' }).click();
  await page.getByRole('heading', { level: 1, name: 'Request sent' }).waitFor();
  await page.getByRole('definition').getByText('new@west.org').waitFor();
  await page.getByRole('definition').getByText('West', { exact: true }).waitFor();
  expect(await page.getByText('Takes about two minutes').count()).toBe(0);
});

test('somebody who is logged in is not asked to sign up', async () => {
  await admin.goto('/sign-up');
  await admin.getByText(`You are logged in as ${ADMIN.email}.`).waitFor();
  expect(await admin.getByLabel('E-mail').count()).toBe(0);
});

test('the header tells who is logged in, and its buttons what they do', async () => {
  await admin.goto('/');
  await admin.getByTitle(`Logged in as ${ADMIN.email}`).click();
  await admin.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
  for (const name of ['Keyboard shortcuts', 'Language and colors']) {
    expect(await admin.getByRole('button', { name }).getAttribute('title')).toBe(name);
  }
});

test('the tab is named after the page and the project', async () => {
  const title = 'Audit – Lung nodules across hospitals – FLARE dashboard';
  await admin.goto('/audit');
  await soon(admin, `document.title.endsWith('${title}')`);
  expect(await admin.title()).toContain(title);
});

test.each(['/project', '/me'])('the button that saves on %s keeps the focus', async (path) => {
  await admin.goto(path);
  const field = admin.getByRole('textbox', { name: 'Description' });
  await field.fill(`Changed on ${path}`);
  const save = admin.getByRole('button', { name: 'Save' }).first();
  await save.focus();
  await admin.keyboard.press('Enter');
  await admin.getByText('Saved.', { exact: true }).waitFor();
  await soon(admin, "document.activeElement?.matches('button[type=submit]')");
});

test('password managers are told whose password it is, and no other e-mail is taken for a log-in', async () => {
  await admin.goto('/me');
  const username = admin.locator('input[autocomplete="username"]');
  await username.waitFor({ state: 'attached' });
  expect(await username.getAttribute('type')).toBe('text');
  expect(await username.inputValue()).toBe(ADMIN.email);
  await admin.goto('/users');
  await admin.getByRole('button', { name: 'Add a user' }).click();
  const dialog = admin.getByRole('dialog');
  expect(await dialog.getByLabel('E-mail').getAttribute('autocomplete')).toBe('off');
});

test('the menu of a phone is closed by Escape, and its button says what it does', async () => {
  const page = await as(ADMIN.email, NEW_PASSWORD);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await page.getByRole('link', { name: 'Audit', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Close the menu' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open the menu' }).waitFor();
  await soon(page, 'document.querySelector(\'nav a[href$="/audit"]\').getBoundingClientRect().right <= 0');
  await page.goto('/users');
  await page.getByLabel('Filter', { exact: true }).waitFor();
  const size = await page.evaluate(
    "getComputedStyle(document.querySelector('[data-table-filter]')).fontSize",
  );
  expect(size).toBe('16px');
});

test('forms are no wider than can be read', async () => {
  const { page } = await visit(browser, dashboard.url);
  await page.setViewportSize({ width: 1920, height: 1080 });
  for (const path of ['/sign-up', '/me']) {
    await page.goto(path);
    const box = await page.getByRole('button', { name: /^(Next|Log in)$/ }).boundingBox();
    expect(box?.width).toBeLessThanOrEqual(640);
  }
});

test.each([
  ['/favicon.ico', 'image/x-icon'],
  ['/apple-touch-icon.png', 'image/png'],
  ['/site.webmanifest', 'application/manifest+json'],
])('%s is there', async (path, type) => {
  const response = await fetch(`${dashboard.url}${path}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
});
