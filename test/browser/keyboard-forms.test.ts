import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { press, tabTo, typeInto, waitForFocus } from './keyboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const APPLICANT = 'anna@north.org';

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let admin: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  ({ page: admin } = await visit(browser, dashboard.url));
  await logIn(admin, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('an org admin signs up from the home page, adds a second site and takes a third back', async () => {
  const { page } = await visit(browser, dashboard.url);
  await page.goto('/');
  await press(page, page.getByRole('link', { name: 'Sign up' }));
  await waitForFocus(page.getByRole('main'));
  await typeInto(page, page.getByLabel('E-mail'), APPLICANT);
  await typeInto(page, page.getByRole('textbox', { name: 'Name' }), 'Anna');
  const password = page.getByLabel(/^Password/).and(page.locator('input'));
  await typeInto(page, password, 'short');
  await page.keyboard.press('Enter');
  await waitForFocus(password);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await typeInto(page, page.getByRole('combobox', { name: 'Organization' }), 'North');
  await tabTo(page, page.getByRole('radio', { name: 'Member' }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('radio', { name: 'Organization admin' }).isChecked()).toBe(true);
  await page.keyboard.press('Enter');
  const site = (number: number) => page.getByRole('group', { name: `Site ${number}`, exact: true });
  const fill = async (number: number) => {
    await typeInto(page, site(number).getByLabel('Site name'), `north-${number}`);
    await typeInto(page, site(number).getByLabel('GPUs', { exact: true }), '2');
    await typeInto(page, site(number).getByLabel('Memory per GPU in GiB'), '24');
  };
  await fill(1);
  const add = page.getByRole('button', { name: 'Add a site' });
  await press(page, add);
  await press(page, add);
  await press(page, page.getByRole('button', { name: 'Remove site 3' }));
  await site(3).waitFor({ state: 'detached' });
  await fill(2);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Request sent' }).waitFor();
  expect(await study.admin('GET', '/inbox')).toMatchObject({
    users: [{ email: APPLICANT, organization: 'North', role: 'org_admin' }],
    clients: [{ name: 'north-1' }, { name: 'north-2', capacity: { num_of_gpus: 2, mem_per_gpu_in_GiB: 24 } }],
  });
});

test('the admin edits in place: Enter saves, Escape gives up, Tab saves and moves on', async () => {
  await admin.goto('/sites');
  const cell = (value: string) => admin.getByRole('button', { name: `Edit Name of ${value}: ${value}` });
  const field = admin.getByRole('textbox', { name: /^Edit Name of/ });
  await press(admin, cell('north-1'));
  await waitForFocus(field);
  await typeInto(admin, field, 'thrown-away');
  await admin.keyboard.press('Escape');
  await waitForFocus(cell('north-1'));
  await admin.keyboard.press('Enter');
  await typeInto(admin, field, 'no such name!');
  await admin.keyboard.press('Enter');
  await admin.getByText(/^Letters, digits/).waitFor();
  await waitForFocus(field);
  await typeInto(admin, field, 'north-a');
  await admin.keyboard.press('Enter');
  await waitForFocus(cell('north-a'));
  await press(admin, cell('north-2'));
  await typeInto(admin, field, 'north-a');
  await admin.keyboard.press('Tab');
  await admin.getByText('This name is already taken.').waitFor();
  await press(admin, cell('north-2'));
  await typeInto(admin, field, 'north-b');
  await admin.keyboard.press('Tab');
  await cell('north-b').waitFor();
  expect(await study.admin('GET', '/clients?sort=name')).toMatchObject({
    client_list: [{ name: 'north-a' }, { name: 'north-b' }],
  });
});

test('the admin gives a role by its list, chooses all rows and approves them at once', async () => {
  await study.signUp({ email: 'ben@south.org', organization: 'South', role: 'member' });
  await admin.goto('/users');
  await press(admin, admin.getByRole('button', { name: 'Edit Role of ben@south.org: Member' }));
  await waitForFocus(admin.getByRole('combobox', { name: /^Edit Role of ben@south.org/ }));
  await admin.keyboard.type('Lead');
  await admin.keyboard.press('Enter');
  await press(admin, admin.getByRole('dialog').getByRole('button', { name: 'Change role' }));
  await waitForFocus(admin.getByRole('button', { name: 'Edit Role of ben@south.org: Lead' }));
  await tabTo(admin, admin.getByLabel('Approval', { exact: true }));
  await admin.keyboard.type('Pending');
  await admin.getByText('2 rows', { exact: true }).waitFor();
  await tabTo(admin, admin.getByRole('checkbox', { name: 'Select all', exact: false }));
  await admin.keyboard.press('Space');
  await press(admin, admin.getByRole('button', { name: 'Approve', exact: true }));
  const dialog = admin.getByRole('dialog');
  await press(admin, dialog.getByRole('button', { name: 'Approve' }));
  await admin.getByRole('dialog', { name: '2 done' }).waitFor();
  expect(await study.admin('GET', '/users?q=ben')).toMatchObject({
    user_list: [{ email: 'ben@south.org', role: 'lead', approval_state: 100 }],
  });
});

test('what is typed while the palette is on its way decides nothing', async () => {
  await study.signUp({ email: 'cora@south.org', organization: 'South', role: 'member' });
  await admin.route('**/assets/palette*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await admin.goto('/inbox');
  await tabTo(admin, admin.locator('[data-request]').first());
  await admin.keyboard.press('ControlOrMeta+k');
  await admin.keyboard.type('a');
  await waitForFocus(admin.getByPlaceholder('Search people, sites, serial numbers, pages …'));
  await admin.keyboard.press('Escape');
  await admin
    .getByPlaceholder('Search people, sites, serial numbers, pages …')
    .waitFor({ state: 'detached' });
  expect(await study.admin('GET', '/inbox')).toMatchObject({
    users: [{ email: 'cora@south.org' }],
    clients: [{ name: 'north-a' }, { name: 'north-b' }],
  });
  await admin.unroute('**/assets/palette*');
});

test('the palette leads to a page, and the way out is a key press', async () => {
  await admin.keyboard.press('Escape');
  await admin.keyboard.press('ControlOrMeta+k');
  await waitForFocus(admin.getByPlaceholder('Search people, sites, serial numbers, pages …'));
  await admin.keyboard.type('Audit');
  await admin.keyboard.press('Enter');
  await admin.waitForURL('**/audit');
  await press(admin, admin.getByRole('button', { name: 'Log out' }));
  await admin.getByLabel('E-mail').waitFor();
});
