import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const Rows = z.object({ client_list: z.array(z.object({ id: z.number(), name: z.string() })) });
const People = z.object({ user_list: z.array(z.object({ id: z.number(), email: z.string() })) });

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
const ids: Record<string, number> = {};

const as = async (email: string, password: string): Promise<Page> => {
  const { page } = await visit(browser, dashboard.url);
  await logIn(page, email, password);
  return page;
};

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  const sites = ['north-1', 'north-2'];
  await study.signUp({ email: 'anna@north.org', organization: 'North', role: 'org_admin', sites });
  await study.signUp({ email: 'ben@south.org', organization: 'South', role: 'lead' });
  await study.approveAll();
  await study.freeze();
  await study.signUp({ email: 'cora@north.org', organization: 'North', role: 'member' });
  for (const { id, name } of Rows.parse(await study.admin('GET', '/clients')).client_list) {
    ids[name] = id;
  }
  for (const { id, email } of People.parse(await study.admin('GET', '/users')).user_list) {
    ids[email] = id;
  }
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('the page of a site tells state, certificates and history, and downloads its kit', async () => {
  const page = await as(ADMIN.email, NEW_PASSWORD);
  await page.goto('/sites');
  await page.getByRole('link', { name: 'north-1', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'north-1' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/sites/${ids['north-1']}`);
  await page.getByText('Not downloaded yet').waitFor();
  const history = page.getByRole('region', { name: 'History' });
  await history.getByText(`${ADMIN.email} approved the site north-1`).waitFor();
  await page.getByRole('button', { name: 'Download kit' }).click();
  await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Prepare the kit' }).click(),
  ]);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  const certificates = page.getByRole('region', { name: 'List of certificates' });
  await certificates.getByText('In force').waitFor();
  await history.getByText(`${ADMIN.email} downloaded the kit of north-1`).waitFor();
  await page.getByRole('link', { name: 'North', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'North' }).waitFor();
});

test('the page of a person tells sites, history and role, and lets the admin decide', async () => {
  const page = await as(ADMIN.email, NEW_PASSWORD);
  await page.goto('/users');
  await page.getByRole('link', { name: 'anna', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'anna' }).waitFor();
  await page.getByRole('region', { name: 'List of sites' }).getByRole('link', { name: 'north-2' }).waitFor();
  await page.getByRole('region', { name: 'History' }).getByText('approved anna@north.org').waitFor();
  await page.goto(`/users/${ids['cora@north.org']}`);
  await page.getByRole('button', { name: 'Actions for cora@north.org' }).click();
  await page.getByRole('menuitem', { name: 'Deny' }).click();
  await page.getByLabel('Reason, shown to the applicant').fill('Ask again in spring');
  await page.getByRole('dialog').getByRole('button', { name: 'Deny' }).click();
  await page.getByRole('dialog', { name: '1 done' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('definition').getByText('Reason: Ask again in spring').waitFor();
});

test('the page of an organization tells people and sites, and approves what waits', async () => {
  await study.signUp({ email: 'dora@north.org', organization: 'North', role: 'member' });
  const page = await as(ADMIN.email, NEW_PASSWORD);
  await page.goto('/organizations');
  await page.getByRole('link', { name: 'North', exact: true }).click();
  await page
    .getByRole('region', { name: 'People', exact: true })
    .last()
    .getByText('anna@north.org')
    .waitFor();
  await page.getByRole('button', { name: 'Approve 1 request' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('dialog', { name: '1 done' }).waitFor();
});

test('others see of a site no more than its name and organization', async () => {
  const page = await as('ben@south.org', PASSWORD);
  await page.goto(`/sites/${ids['north-1']}`);
  await page.getByRole('heading', { level: 1, name: 'north-1' }).waitFor();
  expect(await page.getByText('anna@north.org').count()).toBe(0);
  expect(await page.getByRole('heading', { name: 'History' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Download kit' }).count()).toBe(0);
  await page.goto(`/users/${ids['anna@north.org']}`);
  await page.getByRole('heading', { name: 'You don’t have access to this page' }).waitFor();
});

test('an organization admin downloads the kit of the own site on its page', async () => {
  const page = await as('anna@north.org', PASSWORD);
  await page.goto(`/sites/${ids['north-2']}`);
  await page.getByRole('button', { name: 'Download kit' }).waitFor();
  expect(await page.getByRole('heading', { name: 'History' }).count()).toBe(0);
});

test.each(['/sites/0', '/sites/x', '/users/-1', '/sites/99999999999999999'])(
  '%s is no page',
  async (path) => {
    const page = await as(ADMIN.email, NEW_PASSWORD);
    await page.goto(path);
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  },
);

test('a site that does not exist any more is told to be gone', async () => {
  const page = await as(ADMIN.email, NEW_PASSWORD);
  await page.goto('/sites/4711');
  await page.getByRole('alert').getByText('It no longer exists.').waitFor();
});
