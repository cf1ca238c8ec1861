import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { downloadKit } from './kits.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const MEMBERS = 28;
const Ledger = z.object({ kits: z.array(z.object({ common_name: z.string(), serial: z.string() })) });
const Users = z.object({ user_list: z.array(z.object({ email: z.string(), role: z.string() })) });

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  await study.signUp({
    email: 'anna@north.org',
    organization: 'North',
    role: 'org_admin',
    sites: ['north-1'],
  });
  for (let member = 1; member <= MEMBERS; member += 1) {
    await study.signUp({ email: `m${member}@south.org`, organization: 'South', role: 'member' });
  }
  await study.approveAll();
  await study.freeze();
  ({ page } = await visit(browser, dashboard.url));
  await logIn(page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const usersNow = async () => Users.parse(await study.admin('GET', '/users')).user_list;
const roleOf = async (email: string) => (await usersNow()).find((user) => user.email === email)?.role;

const chooseRole = async (email: string, role: string) => {
  await page.goto(`/users?q=${email}`);
  await page.getByRole('button', { name: `Edit Role of ${email}` }).click();
  await page.getByRole('combobox', { name: `Edit Role of ${email}` }).selectOption(role);
  await page.keyboard.press('Enter');
};

test('makes a project admin only of the person whose e-mail was typed', async () => {
  await chooseRole('m1@south.org', 'project_admin');
  const dialog = page.getByRole('dialog', { name: 'Change the role of m1@south.org?' });
  await dialog.getByText('Can change every setting, decide on requests and download all kits.').waitFor();
  const confirm = dialog.getByRole('button', { name: 'Change role' });
  expect(await confirm.isDisabled()).toBe(true);
  expect(await roleOf('m1@south.org')).toBe('member');
  await dialog.getByLabel('Type m1@south.org to confirm').fill('m1@south.org');
  await confirm.click();
  await page.getByText('m1@south.org is now: Project admin.').waitFor();
  expect(await roleOf('m1@south.org')).toBe('project_admin');
});

test('warns those who would give up their own role, and keeps it when they cancel', async () => {
  await chooseRole(ADMIN.email, 'member');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('You will lose access to these pages at once.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await roleOf(ADMIN.email)).toBe('project_admin');
});

test('offers nobody to deny or delete the own account', async () => {
  await page.goto(`/users?q=${ADMIN.email}`);
  await page.getByRole('button', { name: `Edit Role of ${ADMIN.email}` }).waitFor();
  expect(await page.getByRole('button', { name: `Actions for ${ADMIN.email}` }).count()).toBe(0);
});

test('offers the approved neither to be approved nor a decision that changes nothing', async () => {
  await page.goto('/users?q=m2@south.org');
  await page.getByRole('button', { name: 'Actions for m2@south.org' }).click();
  await page.getByRole('menuitem').first().waitFor();
  expect(await page.getByRole('menuitem').allTextContents()).toEqual([
    'Deny',
    'Mark as pending',
    'Password link …',
    'Delete',
  ]);
});

test('selects the rows of the page alone, and all that match when asked', async () => {
  await page.goto('/users');
  await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check();
  await page.getByText('25 selected').waitFor();
  await page.getByRole('button', { name: `Select all ${MEMBERS + 2}` }).click();
  await page.getByText(`${MEMBERS + 2} selected`).waitFor();
});

/** Holds the response back that chooses all rows; returns how to let it arrive, and waits until it has. */
const holdAll = async (): Promise<() => Promise<void>> => {
  const all = (url: URL) => url.pathname.endsWith('/users') && url.searchParams.get('limit') === '500';
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(all, async (route) => {
    await held;
    await route.continue();
  });
  return async () => {
    const arrived = page.waitForResponse((response) => all(new URL(response.url())));
    release();
    await (await arrived).finished();
    await page.unroute(all);
  };
};

test('keeps a selection cleared when the rows of “Select all” arrive afterwards', async () => {
  await page.goto('/users');
  await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check();
  const release = await holdAll();
  await page.getByRole('button', { name: `Select all ${MEMBERS + 2}` }).click();
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await release();
  await page.getByRole('checkbox', { name: 'Select m1@south.org' }).check();
  await page.getByText('1 selected').waitFor();
  await page.getByRole('button', { name: 'Clear selection' }).click();
});

test('selects none of the rows that matched before the filter was changed', async () => {
  await page.goto('/users');
  await page.getByRole('checkbox', { name: 'Select m1@south.org' }).check();
  const release = await holdAll();
  await page.getByRole('button', { name: `Select all ${MEMBERS + 2}` }).click();
  await page.getByLabel('Filter', { exact: true }).fill('m2@south.org');
  await page.getByRole('checkbox', { name: 'Select m1@south.org' }).waitFor({ state: 'detached' });
  await release();
  await page.getByRole('checkbox', { name: 'Select m2@south.org' }).check();
  await page.getByText('2 selected').waitFor();
});

test('deletes many only after their number was typed, never the own account', async () => {
  await page.goto('/users');
  await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check();
  await page.getByRole('button', { name: `Select all ${MEMBERS + 2}` }).click();
  await page.getByText(`${MEMBERS + 2} selected`).waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${MEMBERS + 1} entries?` });
  await dialog.getByText('Your own account is left out.').waitFor();
  expect(await dialog.getByRole('listitem').count()).toBe(20);
  await dialog.getByText(`and ${MEMBERS + 1 - 20} more`).waitFor();
  const confirm = dialog.getByRole('button', { name: 'Delete', exact: true });
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.getByLabel(`Type ${MEMBERS + 1} to confirm`).fill(String(MEMBERS + 1));
  expect(await confirm.isEnabled()).toBe(true);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect((await usersNow()).length).toBe(MEMBERS + 2);
});

test('says after a decision what was done', async () => {
  await page.goto('/users?q=m3@south.org');
  await page.getByRole('button', { name: 'Actions for m3@south.org' }).click();
  await page.getByRole('menuitem', { name: 'Mark as pending' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as pending' }).click();
  await page.getByRole('dialog', { name: '1 done' }).waitFor();
});

test.each([
  ['denied', 'Deny'],
  ['deleted', 'Delete'],
])('names the kits that keep working when a site is %s', async (_, decision) => {
  await page.goto('/downloads');
  await downloadKit(page, /Download the kit of north-1/);
  await page.goto('/sites');
  await page.getByRole('button', { name: 'Actions for north-1' }).click();
  await page.getByRole('menuitem', { name: decision }).click();
  const dialog = page.getByRole('dialog');
  const { kits } = Ledger.parse(await study.admin('GET', '/kits?q=north-1'));
  const [newest] = kits.filter((kit) => kit.common_name === 'north-1').toReversed();
  await dialog.getByText('Kits already downloaded keep working').waitFor();
  await dialog.getByText(newest?.serial ?? 'no serial').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('names the console kit that keeps its role when the role of a person changes', async () => {
  const { page: members, context } = await visit(browser, dashboard.url);
  await logIn(members, 'anna@north.org', PASSWORD);
  await members.goto('/downloads');
  await downloadKit(members, /Download the kit of Console kit/);
  await context.close();
  await chooseRole('anna@north.org', 'member');
  await page.getByRole('dialog').getByText('Kits already downloaded keep working').waitFor();
});

test('says what a denial of a person ends, and which kits it does not stop', async () => {
  await page.goto('/downloads');
  await downloadKit(page, /Download the kit of north-1/);
  await page.goto('/users?q=anna@north.org');
  await page.getByRole('button', { name: 'Actions for anna@north.org' }).click();
  await page.getByRole('menuitem', { name: 'Deny' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('can no longer log in, sessions and access tokens end').waitFor();
  await dialog.getByText('1 approved site stays approved').waitFor();
  const { kits } = Ledger.parse(await study.admin('GET', '/kits?limit=100'));
  const serials = ['anna@north.org', 'north-1'].map(
    (name) => kits.find(({ common_name }) => common_name === name)?.serial ?? 'none',
  );
  for (const serial of serials) {
    await dialog.getByText(serial).waitFor();
  }
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('says what stands in the way when the owner of approved sites is deleted', async () => {
  await page.goto('/users?q=anna@north.org');
  await page.getByRole('button', { name: 'Actions for anna@north.org' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('cannot be deleted: 1 approved site belongs to this person').waitFor();
  await dialog.getByLabel('Type anna@north.org to confirm').fill('anna@north.org');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog.getByText('This person owns approved sites. Hand them over or delete them first.').waitFor();
});

test('shows a cell’s new value while it is saved, and that it was', async () => {
  await page.route('**/api/v1/users/*', async (route) => {
    await page.locator('[aria-busy=true]', { hasText: 'West' }).waitFor();
    await route.continue();
  });
  await page.goto('/users?q=m4@south.org');
  await page.getByRole('button', { name: 'Edit Organization of m4@south.org' }).click();
  await page.keyboard.type('West');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Saved.').waitFor();
  await page.unroute('**/api/v1/users/*');
});

test('says that a row is gone which somebody else deleted while its cell was edited', async () => {
  await page.goto('/users?q=m5@south.org');
  await page.getByRole('button', { name: 'Edit Organization of m5@south.org' }).click();
  const [gone] = z
    .object({ user_list: z.array(z.object({ id: z.number() })) })
    .parse(await study.admin('GET', '/users?q=m5@south.org')).user_list;
  await study.admin('DELETE', `/users/${gone?.id ?? 0}`);
  await page.keyboard.type('West');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('It no longer exists.').waitFor();
});
