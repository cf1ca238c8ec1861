import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { newKey, openSslRequest, requestZip, type Requested } from '../support/certificate-request.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { chooseLanguage, PASSWORD, prepareStudy } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const OWNER = 'anna@north.org';
const SITE: Requested = {
  project: 'lung-study',
  name: 'north-1',
  org: 'North',
  kind: 'site',
  certType: 'client',
};

let dashboard: Dashboard;
let browser: Browser;
let owner: Page;
let admin: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  const study = await prepareStudy(dashboard.url, {
    short_name: SITE.project,
    key_bits: 2048,
    leaf_valid_days: 20,
  });
  await study.signUp({ email: OWNER, organization: 'North', role: 'org_admin', sites: [SITE.name] });
  await study.approveAll();
  await study.freeze();
  ({ page: owner } = await visit(browser, dashboard.url));
  await logIn(owner, OWNER, PASSWORD);
  ({ page: admin } = await visit(browser, dashboard.url));
  await logIn(admin, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const choose = async (request: string): Promise<void> => {
  const buffer = Buffer.from(request, 'base64');
  const file = { name: 'north-1.request.zip', mimeType: 'application/zip', buffer };
  await owner.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
};

test('offers the participant file and the command for a site', async () => {
  await owner.goto('/downloads');
  await owner.getByRole('button', { name: /Keep the key here: north-1/ }).click();
  const dialog = owner.getByRole('dialog', { name: 'Certificate for a key of north-1' });
  await dialog.getByText(`nvflare cert request -p 'north-1.yaml'`).waitFor();
  expect(await dialog.locator('pre').first().textContent()).toBe(
    'name: "lung-study"\nparticipants:\n  - name: "north-1"\n    type: client\n    org: "North"\n',
  );
});

test('shows why a request is refused', async () => {
  const key = newKey().export({ type: 'pkcs8', format: 'pem' }).toString();
  await choose(await requestZip(newKey(), SITE, { extra: [['north-1.key', key]] }));
  await owner
    .getByRole('dialog')
    .getByText(/holds a private key/)
    .waitFor();
});

test('brings a request to the inbox with what identifies its key', async () => {
  await choose(await requestZip(newKey(), SITE));
  await owner
    .getByRole('dialog')
    .getByText(/Waiting for approval since/)
    .waitFor();
  await admin.goto('/inbox');
  const card = admin.getByRole('region', { name: 'Certificate requests' });
  await card.getByText('north-1, North').waitFor();
  await card.getByText('RSA, 2048 bits').waitFor();
  expect(await card.getByText(/^[0-9a-f]{64}$/).count()).toBe(1);
});

test('gives the signed zip and its command once it is approved', async () => {
  await admin.getByRole('button', { name: 'Approve the certificate of north-1' }).click();
  await admin.getByText('The certificate of north-1 is signed.').waitFor();
  const dialog = owner.getByRole('dialog');
  await dialog.getByText(/nvflare package north-1\.signed\.zip --fingerprint SHA256:/).waitFor();
  const saving = owner.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save north-1.signed.zip' }).click();
  expect((await saving).suggestedFilename()).toBe('north-1.signed.zip');
});

test('tells the submitter why a request was rejected', async () => {
  await choose(await requestZip(newKey(), SITE));
  await admin.getByRole('button', { name: 'Reject the certificate of north-1' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Wrong machine');
  await dialog.getByRole('button', { name: 'Reject', exact: true }).click();
  await owner.getByRole('dialog').getByText('Wrong machine').waitFor();
});

test('offers OpenSSL and a kit without a key to the project admin', async () => {
  await admin.goto('/downloads');
  await admin.getByRole('button', { name: /Keep the key here: Console kit/ }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByText(/^openssl req -new/).waitFor();
  const csr = openSslRequest(newKey(), `/CN=${ADMIN.email}`);
  const file = { name: 'admin.csr', mimeType: 'application/pkcs10', buffer: Buffer.from(csr) };
  await dialog.locator('input[type=file]').setInputFiles(file);
  await dialog.getByText(/Waiting for approval since/).waitFor();
  await admin.goto('/inbox');
  await admin.getByRole('button', { name: `Approve the certificate of ${ADMIN.email}` }).click();
  await admin.getByText(`The certificate of ${ADMIN.email} is signed.`).waitFor();
  await admin.goto('/downloads');
  await admin.getByRole('button', { name: /Keep the key here: Console kit/ }).click();
  const saving = admin.waitForEvent('download');
  await admin.getByRole('button', { name: `Save ${ADMIN.email}.kit.zip` }).click();
  expect((await saving).suggestedFilename()).toBe(`${ADMIN.email}.kit.zip`);
  await admin.getByText(`startup/place-key.sh '${ADMIN.email}.key'`).waitFor();
});

test('shows where a key was generated, and a certificate that expires soon', async () => {
  await admin.goto('/certificates');
  const row = admin.getByRole('row', { name: /north-1/ }).first();
  await row.getByText('Key generated at the site').waitFor();
  await row.getByText('Expires in 20 days').waitFor();
});

test('speaks German', async () => {
  const { page } = await visit(browser, dashboard.url, { language: 'de' });
  await chooseLanguage(dashboard.url, { email: OWNER, password: PASSWORD }, 'de');
  await logIn(page, OWNER, PASSWORD);
  await page.goto('/downloads');
  await page.getByRole('button', { name: /Schlüssel hier behalten: north-1/ }).click();
  await page.getByRole('dialog', { name: 'Zertifikat für einen Schlüssel von north-1' }).waitFor();
});
