import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { OwnCa } from '../support/own-ca.ts';
import { exportPkcs12 } from '../support/pkcs12-file.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const Token = z.object({ access_token: z.string() });
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

test('a PKCS#12 file is imported alone, with its passphrase', async () => {
  await page.goto('/freeze');
  await page.getByRole('button', { name: 'Certificate of the root CA' }).waitFor();
  const certificates = ca.certificate('root');
  const p12 = exportPkcs12(ca, { key: 'root', certificates, passphrase: 'of the file' });
  await page.locator('input[type=file]').nth(0).setInputFiles(file('root.p12', p12));
  await page.getByRole('button', { name: 'Private key' }).waitFor({ state: 'detached' });
  const passphrase = page.getByLabel('Passphrase of the key or PKCS#12 file');
  await passphrase.fill('wrong');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('This passphrase does not open the file.').waitFor();
  await passphrase.fill('of the file');
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

/** Fetches a kit of the server, so that a certificate is in use. */
const fetchServerKit = async (): Promise<void> => {
  const post = (path: string, body: object, token = '') =>
    fetch(`${dashboard.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  const login = await post('/login', { email: ADMIN.email, password: NEW_PASSWORD });
  const { access_token: token } = Token.parse(await login.json());
  const kit = await post('/servers/1/blob', { pin: 'abcd1234' }, token);
  expect(kit.status).toBe(200);
};

test('a root CA that another CA signed is renewed on the page, which says who still has the former one', async () => {
  await study.freeze();
  await fetchServerKit();
  await page.goto('/certificates');
  await page.getByRole('button', { name: 'Renew the root CA' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Needs the next kit: fl.example.org').waitFor();
  const request = (await dialog.getByText('BEGIN CERTIFICATE REQUEST').textContent()) ?? '';
  const [pem = ''] = /-----BEGIN[\s\S]+-----END CERTIFICATE REQUEST-----/.exec(request) ?? [];
  const certificate = ca.sign(`${pem}\n`, 'next', 'hospital') + ca.certificate('hospital');
  await dialog.locator('input[type=file]').setInputFiles(file('next.pem', certificate));
  await dialog.getByRole('button', { name: 'Renew the root CA' }).click();
  await page.getByText('0 of 1 participants have the present root certificate.').waitFor();
  expect(await page.getByText('Still with the one of before: fl.example.org').count()).toBe(1);
  expect(await page.getByText('Key generated by the dashboard').count()).toBe(1);
});
