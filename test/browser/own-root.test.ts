import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { OwnCa } from '../support/own-ca.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(120_000);

const ca = new OwnCa();
let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  ({ page } = await visit(browser, dashboard.url));
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  ca.make('root');
  ca.make('hospital', { keyOf: 'root', subject: '/O=Hospital/CN=Hospital' });
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
  ca.remove();
});

const file = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});

test('a root CA that cannot be used is refused in the language of the page, and another one is shown', async () => {
  await study.admin('PATCH', '/project', { short_name: 'study', server1: 'fl.example.org' });
  await page.goto('/freeze');
  await page.getByRole('button', { name: 'Certificate of the root CA' }).waitFor();
  const inputs = page.locator('input[type=file]');
  await inputs.nth(0).setInputFiles(file('hospital.pem', ca.certificate('hospital')));
  await inputs.nth(1).setInputFiles(file('root.key', ca.key('root')));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Its CN is not the project’s short name.').waitFor();
  ca.openssl('x509', '-in', 'root.pem', '-outform', 'der', '-out', 'root.der');
  await inputs.nth(0).setInputFiles(file('root.der', ca.bytes('root.der')));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('The freeze takes this root CA:').waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByText('The freeze generates a root CA.').waitFor();
});

test('a request is saved, signed by another CA and imported', async () => {
  await page.goto('/freeze');
  await page.getByRole('button', { name: 'Generate a request' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the request' }).click();
  const saved = await download;
  const path = ca.path('asked.csr');
  await saved.saveAs(path);
  const certificate = ca.sign(ca.read('asked.csr'), 'signed', 'hospital') + ca.certificate('hospital');
  await page.locator('input[type=file]').setInputFiles(file('signed.pem', certificate));
  await page.getByText('The freeze takes this root CA:').waitFor();
  expect(await page.getByText('O=Hospital, CN=Hospital').count()).toBe(1);
});
