import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../support/free-port.ts';
import {
  CLIENT,
  makeProviderPair,
  startIdentityProvider,
  type ProviderPair,
} from '../support/identity-provider.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy, type Study } from './study.ts';
import { axeViolations, launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const PEOPLE = {
  ann: { email: 'ann@clinic.org', email_verified: true, name: 'Ann', groups: ['staff'], org: 'clinic' },
  dora: { email: 'dora@clinic.org', email_verified: true, groups: ['staff'], org: 'clinic' },
  finn: { email: 'finn@clinic.org', email_verified: true, name: 'Finn', groups: ['staff'], org: 'clinic' },
  eve: { email: 'eve@elsewhere.test', email_verified: true },
  root: { email: 'root@clinic.org', email_verified: true },
};

let port: number;
let pair: ProviderPair;
let folder: string;
let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let stopProvider: () => Promise<void>;

beforeAll(async () => {
  port = await freePort();
  pair = makeProviderPair();
  folder = await mkdtemp(join(tmpdir(), 'sso-page-'));
  await writeFile(join(folder, 'secret'), CLIENT.secret);
  dashboard = await startDashboard({
    NVFL_OIDC_ISSUER: `https://127.0.0.1:${port}`,
    NVFL_OIDC_CA_FILE: pair.file,
    NVFL_OIDC_CLIENT_ID: CLIENT.id,
    NVFL_OIDC_CLIENT_SECRET_FILE: join(folder, 'secret'),
    NVFL_OIDC_ROLES: 'staff=member',
    NVFL_OIDC_ORGANIZATION_CLAIM: 'org',
    NVFL_OIDC_DOMAINS: 'clinic.org',
  });
  browser = await launch(['--ignore-certificate-errors']);
  study = await prepareStudy(dashboard.url);
}, 180_000);

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
  await stopProvider();
  pair.remove();
  await rm(folder, { recursive: true, force: true });
});

const passProvider = async (page: Page, person: keyof typeof PEOPLE): Promise<void> => {
  await page.getByPlaceholder('Enter any login').fill(person);
  await page.getByPlaceholder('and password').fill('x');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
};

const button = (page: Page) => page.getByRole('button', { name: `Log in with 127.0.0.1:${port}` });

test('a provider that is down is named, and the password still works', async () => {
  const guest = await visit(browser, dashboard.url);
  const { page } = guest;
  await page.goto('./');
  await button(page).click();
  await page.getByText(`127.0.0.1:${port} does not respond`).first().waitFor();
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await guest.context.close();
  ({ stop: stopProvider } = await startIdentityProvider({
    port,
    pair,
    dashboards: [dashboard.url],
    people: PEOPLE,
  }));
});

test('somebody new logs in at the provider, waits for approval, and logs out there, too', async () => {
  const guest = await visit(browser, dashboard.url);
  const { page } = guest;
  await page.goto('./');
  await button(page).waitFor();
  expect(await axeViolations(guest)).toEqual([]);
  await button(page).click();
  await passProvider(page, 'ann');
  await page.getByText('Your request is waiting for approval').waitFor();
  expect(new URL(page.url()).search).toBe('');
  await page.goto('/me');
  await page.getByText('Your account is connected with').waitFor();
  // The provider's own pages ask for a font elsewhere.
  expect(guest.complaints.filter((text) => !text.includes('ERR_NAME_NOT_RESOLVED'))).toEqual([]);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await button(page).waitFor();
  await guest.context.close();
});

test('somebody who was denied reads why after the log-in at the provider, and asks again', async () => {
  const person = await visit(browser, dashboard.url);
  await person.page.goto('./');
  await button(person.page).click();
  await passProvider(person.page, 'dora');
  await person.page.getByText('Your request is waiting for approval').waitFor();
  await study.denyAll('Which ward?');
  await person.page.goto('./');
  await button(person.page).click();
  await person.page.getByText('Which ward?').waitFor();
  await person.page.getByRole('textbox', { name: 'Message' }).fill('Ward 7.');
  await person.page.getByRole('button', { name: 'Ask again' }).click();
  await person.page.getByText('Your request waits for approval again.').waitFor();
  await person.page.getByRole('button', { name: 'Log in', exact: true }).first().click();
  await button(person.page).click();
  await person.page.getByText('Your request is waiting for approval').waitFor();
  await person.context.close();
});

test('somebody without a password goes on at the same page when the session has ended', async () => {
  const guest = await visit(browser, dashboard.url);
  const { page, context } = guest;
  await page.goto('./');
  await button(page).click();
  await passProvider(page, 'finn');
  await page.getByText('Your request is waiting for approval').waitFor();
  await page.goto('/me');
  await page.getByRole('textbox', { name: 'Name' }).first().fill('Finn Larsen');
  // The dashboard's session alone ends.
  const cookies = await context.cookies(dashboard.url);
  for (const { name } of cookies.filter(({ name }) => /dashboard/i.test(name))) {
    await context.clearCookies({ name });
  }
  await page.getByRole('button', { name: 'Save' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByRole('button', { name: `Log in with 127.0.0.1:${port}` }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/me');
  expect(await page.getByRole('textbox', { name: 'Name' }).first().inputValue()).toBe('Finn Larsen');
  await context.close();
});

test('an e-mail of another domain is refused in the person’s words', async () => {
  const guest = await visit(browser, dashboard.url);
  const { page } = guest;
  await page.goto('./');
  await button(page).click();
  await passProvider(page, 'eve');
  await page.getByText('Accounts with your e-mail address cannot be used here.').waitFor();
  await guest.context.close();
});

test('somebody with a password connects the account, and confirms at the provider later', async () => {
  const guest = await visit(browser, dashboard.url);
  const { page } = guest;
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/me');
  await page.getByRole('button', { name: 'Connect account' }).click();
  await passProvider(page, 'root');
  await page.getByText('Your account is connected.').waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await button(page).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  await page.goto('/me');
  await page.getByRole('button', { name: 'Generate token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly');
  await dialog.getByRole('button', { name: 'Generate token' }).click();
  await page.getByRole('button', { name: 'Log in again' }).click();
  await page.getByPlaceholder('Enter any login').fill('root');
  await page.getByPlaceholder('and password').fill('x');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Generate token' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly');
  await dialog.getByRole('button', { name: 'Generate token' }).click();
  await dialog.getByText(/^nvfl_/).waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Disconnect account' }).click();
  await page.getByText('Disconnected. Log in with your password from now on.').waitFor();
  await page.getByRole('button', { name: 'Connect account' }).waitFor();
  await guest.context.close();
});
