import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { PATHS } from '../../src/web/ui/page-list.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const Token = z.object({ access_token: z.string() });

let dashboard: Dashboard;
let browser: Browser;
let page: Page;
let study: Study;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  ({ page } = await visit(browser, dashboard.url));
  await logIn(page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const dialog = () => page.getByRole('dialog', { name: 'Add a site' });
const openDialog = async (name: string): Promise<void> => {
  await page.goto(PATHS.sites);
  await page.getByRole('button', { name: 'Add a site' }).first().click();
  await dialog().getByLabel('Site name').fill(name);
  await dialog().getByLabel('Organization').fill('Clinic');
};
const add = () => dialog().getByRole('button', { name: 'Add', exact: true }).click();

test('adds a relay with the host and port where sites reach it', async () => {
  await openDialog('relay-1');
  await dialog().getByLabel('This is a relay').check();
  await dialog().getByLabel('Host where sites reach it').fill('no host');
  await dialog().getByLabel('Port').fill('8102');
  await add();
  await dialog().getByLabel('Host where sites reach it').and(page.locator('[aria-invalid=true]')).waitFor();
  await dialog().getByLabel('Host where sites reach it').fill('relay.clinic.org');
  await add();
  await dialog().waitFor({ state: 'hidden' });
  await page
    .getByRole('row', { name: /relay-1/ })
    .getByText('Relay', { exact: true })
    .waitFor();
});

test('adds a site that connects through a relay, and refuses one that does not exist', async () => {
  await openDialog('site-7');
  await dialog().getByLabel('GPUs').fill('0');
  await dialog().getByLabel('Memory per GPU in GiB').fill('0');
  const through = dialog().getByLabel('Connects through relay');
  await through.fill('relay-9');
  await add();
  await through.and(page.locator('[aria-invalid=true]')).waitFor();
  await through.fill('relay-1');
  await add();
  await dialog().waitFor({ state: 'hidden' });
  await page
    .getByRole('link', { name: /site-7/ })
    .first()
    .click();
  await page.getByText('Connects through').waitFor();
  await page.getByText('relay-1', { exact: true }).waitFor();
});

test('sets what kits of later releases say, and tells what an earlier one leaves out', async () => {
  await page.goto(PATHS.project);
  await page.getByLabel('Signed jobs').selectOption('Not required');
  const studies = page.getByLabel('Studies');
  await studies.fill('{"lung": {"admins": ');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('This is not JSON of the form shown.').waitFor();
  await studies.fill(JSON.stringify({ lung: { admins: [ADMIN.email] } }));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Unsaved changes').waitFor({ state: 'hidden' });
  await page.reload();
  expect(await page.getByLabel('Signed jobs').inputValue()).toBe('false');
  expect(await studies.inputValue()).toContain(ADMIN.email);
  const releases = page.getByLabel('NVFLARE version of the kits');
  expect(await releases.locator('option').first().textContent()).toBe('2.10 (preview)');
  await releases.selectOption('2.6');
  await page.getByText('No effect in kits for NVFLARE 2.6; needs 2.9 or later.').waitFor();
});

const send = (path: string, body: object, token?: string): Promise<Response> =>
  fetch(`${dashboard.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });

test('names kits that are to be downloaded again, and what has changed since', async () => {
  await study.freeze();
  const login = await send('/login', { email: ADMIN.email, password: NEW_PASSWORD });
  const { access_token: token } = Token.parse(await login.json());
  expect((await send('/servers/1/blob', { pin: 'Kit4Relays' }, token)).status).toBe(200);
  await study.approveAll();
  await page.goto(PATHS.certificates);
  const card = page.getByRole('region', { name: 'Kits that need to be downloaded again' });
  const row = card.getByRole('row', { name: 'New kit, the certificate stays as it is' });
  await row.getByText('Relays and sites above and below it').waitFor();
  await row.getByText('startup/fed_server.json').waitFor();
});
