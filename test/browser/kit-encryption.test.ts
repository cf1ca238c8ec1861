import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { downloadKit } from './kits.ts';
import { prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const CONSOLE_KIT = /Download the kit of Console kit/;
const WORTH = 'opened without its PIN in 34 seconds';

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  await study.freeze();
  ({ page } = await visit(browser, dashboard.url));
  await logIn(page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const askForKit = async (): Promise<void> => {
  await page.goto('/downloads');
  await page.getByRole('button', { name: CONSOLE_KIT }).click();
};
const encryption = () => page.getByLabel('Encryption');
const prepare = () => page.getByRole('button', { name: 'Prepare the kit' }).click();
const encryptedWith = async (): Promise<string | null> => {
  const response = await page.waitForResponse((found) => found.url().endsWith('/blob'));
  return response.headerValue('x-kit-encryption');
};
const closeDialog = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
};

beforeEach(() => study.admin('PATCH', '/project', { zip_encryption: 'any' }));

test('asks for AES-256, and shows a command of each system that opens it', async () => {
  const made = encryptedWith();
  await page.goto('/downloads');
  expect(await downloadKit(page, CONSOLE_KIT)).toContain('startup');
  expect(await made).toBe('aes256');
  await page.getByRole('button', { name: /^Show the PIN again/ }).click();
  const commands = [
    ['Linux', "7z x 'admin@example.org.zip'"],
    ['macOS', "7zz x 'admin@example.org.zip'"],
    ['Windows', '7z.exe" x "admin@example.org.zip"'],
    ['Python', "python3 unpack_kit.py 'admin@example.org.zip'"],
  ] as const;
  for (const [system, command] of commands) {
    await page.getByRole('dialog').getByText(system, { exact: true }).click();
    await page.getByRole('dialog').getByText(command).waitFor();
  }
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: /unpack_kit\.py/ }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('unpack_kit.py');
  expect(await readFile(await saved.path(), 'utf8')).toMatch(/^#!\/usr\/bin\/env python3\n/);
});

test('says what ZipCrypto is worth to whoever chooses it, and takes short PINs with it only', async () => {
  await askForKit();
  await page.getByLabel(/Your own PIN/).fill('1234');
  await prepare();
  await page.getByText('Too short: at least 8 characters.').waitFor();
  await encryption().selectOption('ZipCrypto');
  await page.getByText(WORTH).waitFor();
  const made = encryptedWith();
  await prepare();
  expect(await made).toBe('zipcrypto');
  await page.getByText(/^The kit is ready/).waitFor();
  await page.getByRole('dialog').getByText("unzip 'admin@example.org.zip'").waitFor();
  await closeDialog();
});

test('changes the setting after freezing, and offers no choice any more', async () => {
  await page.goto('/project');
  await page.getByText(WORTH).waitFor();
  await page.getByLabel('Encryption of the zip files').selectOption('AES-256 only');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).first().waitFor();
  expect(await study.admin('GET', '/project')).toMatchObject({ project: { zip_encryption: 'aes256' } });
  await askForKit();
  await page.getByText('8 to 64 letters and digits').waitFor();
  expect(await encryption().count()).toBe(0);
  const made = encryptedWith();
  await prepare();
  expect(await made).toBe('aes256');
  await page.getByText(/^The kit is ready/).waitFor();
  await closeDialog();
});

const openServerKit = async (release: string) => {
  await study.admin('PATCH', '/project', { target_release: release });
  await page.goto('/downloads');
  const making = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download the kit of Server/ }).click();
  await prepare();
  await making;
  const dialog = page.getByRole('dialog');
  await dialog.getByText("/startup/start.sh'").waitFor();
  return dialog;
};

test('shows how 2.9 prepares a server for Docker, Kubernetes and Slurm', async () => {
  const dialog = await openServerKit('2.9');
  await dialog.getByText('nvflare deploy prepare . --config docker.yaml').waitFor();
  await dialog.getByText('Kubernetes', { exact: true }).click();
  await dialog.getByText('nvflare deploy k8s stage prepared/k8s').waitFor();
  await dialog.getByText('The last command prints the helm command').waitFor();
  await closeDialog();
});

test('shows no such command for 2.8', async () => {
  const dialog = await openServerKit('2.8');
  expect(await dialog.getByText('nvflare deploy prepare').count()).toBe(0);
  await closeDialog();
});
