import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { axeViolations, launch, logIn, logOut, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

const MEMBER = 'member@clinic.org';
const NAMED = 'flare.example.org';

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let url: string;
let admin: Visitor;
let key: Key;
let codes: readonly string[] = [];

/** As if the last log-in and confirmation had been long ago. */
const forgetConfirmations = (): void => {
  const db = new Database(join(dashboard.folder, 'db.sqlite'));
  db.exec("update session set confirmed_at = '2026-01-01 00:00:00.000000'");
  db.close();
};

/** Browsers know no passkeys at 127.0.0.1, as at any IP address. */
const at = (host: string): string => dashboard.url.replace('127.0.0.1', host);

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch([`--host-resolver-rules=MAP ${NAMED} 127.0.0.1, MAP localhost 127.0.0.1`]);
  study = await prepareStudy(dashboard.url);
  url = at('localhost');
  admin = await visit(browser, url);
  await logIn(admin.page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

interface Key {
  readonly debug: CDPSession;
  readonly authenticatorId: string;
}

/** Gives the browser a security key that is touched at once; another origin or the end of axe would unplug it. */
const plugIn = async (page: Page): Promise<Key> => {
  const debug = await page.context().newCDPSession(page);
  await debug.send('WebAuthn.enable');
  const { authenticatorId } = await debug.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { debug, authenticatorId };
};

const enterPassword = async (page: Page, email: string, password: string): Promise<void> => {
  await page.goto('./');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').and(page.locator('input')).fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
};

const logInByPasskey = async (page: Page): Promise<void> => {
  await logOut(page);
  await enterPassword(page, ADMIN.email, NEW_PASSWORD);
  await page.getByText('Use a passkey or enter a code.').waitFor();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
};

test('a person adds a passkey, keeps the recovery codes, and renames it', async () => {
  const { page } = admin;
  await page.goto('/me');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('textbox', { name: 'Name of the passkey' }).fill('Blue key');
  expect(await axeViolations(admin)).toEqual([]);
  key = await plugIn(page);
  await page.getByRole('button', { name: 'Create passkey' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  codes = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes left.').waitFor();
  const row = page.getByRole('row').filter({ hasText: 'Blue key' });
  expect(await row.innerText()).toMatch(/localhost.*Never/s);
  await page.getByRole('button', { name: 'Rename passkey Blue key' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Green key');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename', exact: true }).click();
  await page.getByRole('row').filter({ hasText: 'Green key' }).waitFor();
  expect(admin.complaints).toEqual([]);
});

test('a log-in takes the passkey, and the account page says when', async () => {
  const { page } = admin;
  await logInByPasskey(page);
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  await page.goto('/me');
  const row = page.getByRole('row').filter({ hasText: 'Green key' });
  await row.waitFor();
  expect(await row.innerText()).not.toContain('Never');
  expect(admin.complaints).toEqual([]);
});

test('a browser without the passkey says so, and a recovery code opens the account', async () => {
  const guest = await visit(browser, url);
  const { page } = guest;
  await enterPassword(page, ADMIN.email, NEW_PASSWORD);
  await page.getByText('Use a passkey or enter a code.').waitFor();
  expect(await axeViolations(guest)).toEqual([]);
  await plugIn(page);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByText('The browser did not use a passkey').waitFor();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(codes[1] ?? '');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  await page.goto('/me');
  await page.getByRole('row').filter({ hasText: 'Green key' }).waitFor();
  expect(await axeViolations(guest)).toEqual([]);
  await guest.context.close();
});

test('a copied passkey is refused with the reason', async () => {
  const { page } = admin;
  const { debug, authenticatorId } = key;
  const { credentials } = await debug.send('WebAuthn.getCredentials', { authenticatorId });
  expect(credentials).toHaveLength(1);
  for (const credential of credentials) {
    const { credentialId } = credential;
    await debug.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
    await debug.send('WebAuthn.addCredential', {
      authenticatorId,
      credential: { ...credential, signCount: 0 },
    });
  }
  await logInByPasskey(page);
  await page.getByText('This passkey may have been copied').waitFor();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
});

test('who must have a second factor may set up a passkey', async () => {
  await study.signUp({ email: MEMBER, organization: 'Clinic', role: 'member' });
  await study.approveAll();
  const second_factor = 'everybody';
  await study.admin('PATCH', '/project', { second_factor });
  const member = await visit(browser, url);
  await enterPassword(member.page, MEMBER, PASSWORD);
  await plugIn(member.page);
  await member.page.getByRole('button', { name: 'Use a passkey instead' }).click();
  await member.page.getByRole('button', { name: 'Create passkey' }).click();
  await member.page.getByRole('button', { name: 'I have kept them' }).click();
  await member.page.getByRole('navigation').first().waitFor();
  expect(member.complaints).toEqual([]);
  await member.context.close();
  await study.admin('PATCH', '/project', { second_factor: 'nobody' });
});

test('the passkey confirms what cannot be undone, and is removed', async () => {
  const { page } = admin;
  await page.goto('/me');
  await page.getByRole('button', { name: 'Remove passkey Green key' }).click();
  await page.getByText('Passkey Green key removed.').waitFor();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('textbox', { name: 'Name of the passkey' }).fill('Red key');
  await page.getByRole('button', { name: 'Create passkey' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('row').filter({ hasText: 'Red key' }).waitFor();
  forgetConfirmations();
  await page.getByRole('button', { name: 'Generate new recovery codes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm with your password' });
  await dialog.getByLabel('Password').and(page.locator('input')).fill(NEW_PASSWORD);
  await dialog.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Remove passkey Red key' }).click();
  await page.getByText('You have not set up a second factor.').waitFor();
});

test.each([
  [NAMED, 'Passkeys need HTTPS.'],
  ['127.0.0.1', 'Passkeys need a host name.'],
])('the page at %s says why there are no passkeys', async (host, reason) => {
  const guest = await visit(browser, at(host));
  await logIn(guest.page, ADMIN.email, NEW_PASSWORD);
  await guest.page.goto('/me');
  await guest.page.getByText(reason).waitFor();
  expect(await guest.page.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
  await guest.context.close();
});
