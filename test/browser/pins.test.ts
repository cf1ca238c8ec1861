import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

/** A name that browsers do not trust on plain HTTP, unlike localhost. */
const HOST = 'dash.hospital.lan';

let dashboard: Dashboard;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]);
  const study = await prepareStudy(dashboard.url);
  await study.freeze();
});

beforeEach(async () => {
  ({ page } = await visit(browser, dashboard.url.replace('127.0.0.1', HOST)));
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/downloads');
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const dialog = () => page.getByRole('dialog');
const prepare = async () => {
  await page.getByRole('button', { name: /Download the kit of Console kit/ }).click();
  await page.getByRole('button', { name: 'Prepare the kit' }).click();
};
const ready = () => dialog().getByText(/^The kit is ready and saved as/);
const selected = () => page.evaluate<unknown>('getSelection().toString()');
const pinShown = () => page.locator('[data-pin]').getAttribute('data-pin');

test('selects the PIN itself, not its bullets, where no script may copy', async () => {
  await prepare();
  await ready().waitFor();
  expect(await page.evaluate('isSecureContext')).toBe(false);
  await dialog().getByRole('button', { name: 'Copy PIN' }).click();
  await dialog().getByText('Selected. Press Ctrl+C (or ⌘C).').waitFor();
  const copied = await selected();
  await dialog().getByRole('button', { name: 'Show', exact: true }).click();
  expect(copied).toBe(await pinShown());
  expect(copied).toMatch(/^[A-Za-z0-9]{4,}$/);
});

test('asks before a dialog closes whose PIN nobody has seen', async () => {
  await prepare();
  await ready().waitFor();
  await page.keyboard.press('Escape');
  await dialog().getByText('You have not looked at the PIN yet').waitFor();
  await dialog().getByRole('button', { name: 'Show the PIN' }).click();
  expect(await pinShown()).toMatch(/^[A-Za-z0-9]{4,}$/);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('shows the PIN again after another page was opened', async () => {
  await prepare();
  await ready().waitFor();
  await dialog().getByRole('button', { name: 'Show', exact: true }).click();
  const pin = await pinShown();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('heading', { name: 'Lung nodules across hospitals' }).waitFor();
  await page.getByRole('link', { name: 'Downloads', exact: true }).click();
  await page.getByRole('button', { name: /^Show the PIN again/ }).click();
  await dialog().getByRole('button', { name: 'Show', exact: true }).click();
  expect(await pinShown()).toBe(pin);
});

test('leads to the PIN when the dialog was closed while the kit was made', async () => {
  await page.route('**/users/*/blob', async (route) => {
    await dialog().waitFor({ state: 'detached' });
    await route.continue();
  });
  await prepare();
  await dialog()
    .getByText(/^The kit is being prepared/)
    .waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('button', { name: 'Go to the PIN' }).click();
  await page.getByRole('button', { name: /^Show the PIN again/ }).click();
  await ready().waitFor();
});

test('holds a tab open whose PIN nobody has seen', async () => {
  await prepare();
  await ready().waitFor();
  const asked = page.waitForEvent('dialog');
  const closing = page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  await question.dismiss();
  await closing;
});

test('says how to start what was unpacked', async () => {
  await prepare();
  await ready().waitFor();
  await dialog()
    .getByText(/startup\/fl_admin\.sh/)
    .waitFor();
  await dialog().getByRole('button', { name: 'Show', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByText(/^Downloaded \d+ times?$/).waitFor();
});
