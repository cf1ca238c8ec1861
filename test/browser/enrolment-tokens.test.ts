import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { newKey, openSslRequest } from '../support/certificate-request.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let admin: Page;
let token = '';

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  const study = await prepareStudy(dashboard.url, {
    short_name: 'lung-study',
    key_bits: 2048,
    leaf_valid_days: 20,
  });
  await study.freeze();
  ({ page: admin } = await visit(browser, dashboard.url));
  await logIn(admin, ADMIN.email, NEW_PASSWORD);
  await admin.goto('/certificates');
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const enrol = (name: string): Promise<Response> =>
  fetch(`${dashboard.url}/api/v1/enrolments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      request: Buffer.from(openSslRequest(newKey(), `/CN=${name}`)).toString('base64'),
    }),
  });

test('says what a token needs before it is generated', async () => {
  await admin.getByRole('button', { name: 'Generate an enrolment token' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Generate an enrolment token' });
  await dialog.getByRole('textbox', { name: 'Sites', exact: true }).fill('two words');
  await dialog.getByRole('button', { name: 'Generate an enrolment token' }).click();
  await dialog.getByText('Enter up to 64 letters, digits, hyphens, underscores and *.').waitFor();
});

test('shows the token once, with the commands for a site', async () => {
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('wards');
  await dialog.getByRole('textbox', { name: 'Organization' }).fill('North');
  await dialog.getByRole('textbox', { name: 'Sites', exact: true }).fill('ward-*');
  await dialog.getByLabel('Approval').selectOption('at_once');
  await dialog.getByLabel('Sites that can enrol').fill('2');
  await dialog.getByRole('button', { name: 'Generate an enrolment token' }).click();
  const ready = admin.getByRole('dialog', { name: 'Copy the token' });
  token = (await ready.getByText(/^nvfe_/).textContent()) ?? '';
  await ready.getByText(`--url ${dashboard.url} --name ward-1 --token-file token.txt`).waitFor();
  await ready.getByRole('button', { name: 'Done' }).click();
  await admin.getByRole('row', { name: /wards North ward-\* at once 0 of 2 usable/ }).waitFor();
  expect(await admin.getByText(token).count()).toBe(0);
});

test('lists its uses, shows when its site needs renewal, and ends it', async () => {
  expect((await enrol('ward-1')).status).toBe(201);
  await admin.reload();
  await admin.getByRole('row', { name: /wards North ward-\* at once 1 of 2 usable/ }).waitFor();
  await admin.getByRole('button', { name: 'Renew the certificate of ward-1' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Renew the certificate of ward-1' });
  await dialog.getByText(`--url ${dashboard.url} --renew ward-1 --token-file token.txt`).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await admin.getByText('within 30 days: 1').waitFor();
  await admin.getByRole('button', { name: 'End the enrolment token wards' }).click();
  await admin.getByRole('row', { name: /wards North ward-\* at once 1 of 2 ended/ }).waitFor();
  expect((await enrol('ward-2')).status).toBe(401);
});
