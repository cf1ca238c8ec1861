import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { waitForFocus } from './keyboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const Waiting = z.object({
  users: z.array(z.object({ id: z.number(), email: z.string() })),
  total_users: z.number(),
  total_clients: z.number(),
});

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  for (const name of ['North', 'South']) {
    await study.signUp({
      email: `anna@${name.toLowerCase()}.org`,
      organization: name,
      role: 'org_admin',
      sites: [`${name.toLowerCase()}-1`, `${name.toLowerCase()}-2`],
    });
  }
  ({ page } = await visit(browser, dashboard.url));
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/inbox');
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('takes the key j as soon as the page is open', async () => {
  await page.locator('[data-request]').first().waitFor();
  await page.keyboard.press('j');
  await waitForFocus(page.locator('[data-request]').first());
});

test('finds the requests of an organization', async () => {
  await page.getByLabel('Search requests').fill('south');
  await page.getByText('anna@north.org').waitFor({ state: 'detached' });
  expect(await page.locator('[data-request]').count()).toBe(3);
  await page.getByLabel('Search requests').fill('');
  await page.getByText('anna@north.org').waitFor();
});

test('approves the people and sites of an organization at once, and nothing else', async () => {
  await page.getByRole('button', { name: 'Approve North: 1 person, 2 sites' }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve 3 requests?' });
  await dialog.getByText('north-2').waitFor();
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('dialog', { name: '3 done' }).waitFor();
  expect(Waiting.parse(await study.admin('GET', '/inbox'))).toMatchObject({
    total_users: 1,
    total_clients: 2,
  });
});

test('tells what was decided in the first seconds of a visit', async () => {
  const { page: early, context } = await visit(browser, dashboard.url);
  // The three seconds after which the page fetches what may be wanted later never end.
  await early.addInitScript(() => {
    const soon = globalThis.setTimeout;
    Object.assign(globalThis, {
      setTimeout: (act: () => void, delay?: number) => (delay === 3000 ? 0 : soon(act, delay)),
    });
  });
  await logIn(early, ADMIN.email, NEW_PASSWORD);
  await early.goto('/inbox');
  await early.getByRole('button', { name: 'Approve: south-2' }).click();
  await early.getByText(/south-2.*approved/).waitFor();
  await context.close();
});

test('shows what the organization’s own admin objects to before it is approved', async () => {
  const own = 'eva@east.org';
  const stranger = 'mallory@elsewhere.org';
  const objection = `${own} objects to this request: Nobody of ours`;
  await study.signUp({ email: own, organization: 'East', role: 'org_admin' });
  const { users } = Waiting.parse(await study.admin('GET', '/inbox'));
  await study.admin('PATCH', `/users/${users.find(({ email }) => email === own)?.id}`, {
    approval_state: 100,
  });
  await study.signUp({ email: stranger, organization: 'East', role: 'org_admin' });
  await page.goto('/inbox');
  const { page: home } = await visit(browser, dashboard.url);
  await logIn(home, own, PASSWORD);
  await home.getByText('Requests to join East').waitFor();
  await home.getByRole('button', { name: `Object to the request of ${stranger}` }).click();
  const reason = home.getByRole('dialog');
  await reason.getByLabel('Reason, for the project admin').fill('Nobody of ours');
  await reason.getByRole('button', { name: 'Object', exact: true }).click();
  await home.getByText(objection).waitFor();
  await page.getByText(objection).waitFor();
  await page.getByRole('button', { name: `Approve: ${stranger}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve 1 request?' });
  await dialog.getByText(objection).waitFor();
  await dialog.getByRole('button', { name: 'Approve anyway' }).click();
  await page.getByRole('dialog', { name: '1 done' }).waitFor();
  await home.getByText('Requests to join East').waitFor({ state: 'detached' });
});
