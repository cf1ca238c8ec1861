import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { press, tabTo, typeInto, waitForFocus } from './keyboard.ts';
import { openSavedKit } from './kits.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, visit } from './visitor.ts';

jest.setTimeout(240_000);

const OWNER = 'anna@north.org';

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let admin: Page;
let owner: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url, { short_name: '', server1: '', public: false });
  ({ page: admin } = await visit(browser, dashboard.url));
  ({ page: owner } = await visit(browser, dashboard.url));
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const logInByKeys = async (page: Page, email: string, password: string) => {
  await page.goto('/');
  await typeInto(page, page.getByLabel('E-mail'), email);
  await typeInto(page, page.getByLabel('Password', { exact: true }).and(page.locator('input')), password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Log out' }).waitFor();
};

const goTo = async (page: Page, name: string) => {
  // The inbox is called by its count as well.
  await press(page, page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) }));
  await waitForFocus(page.getByRole('main'));
};

const save = async (page: Page) => {
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await press(page, page.getByRole('button', { name: 'Save' }));
  await saved;
  await page.getByText('Saved.', { exact: true }).last().waitFor();
};

test('the admin logs in and sets the project up', async () => {
  await logInByKeys(admin, ADMIN.email, NEW_PASSWORD);
  await goTo(admin, 'Project');
  await typeInto(admin, admin.getByLabel('Short name'), 'Heart');
  await tabTo(admin, admin.getByRole('combobox', { name: 'Allow sign-ups' }));
  await admin.keyboard.type('Everybody');
  await save(admin);
  await goTo(admin, 'Server');
  await typeInto(admin, admin.getByLabel('Server host name'), 'no such host!');
  await press(admin, admin.getByRole('button', { name: 'Save' }));
  await waitForFocus(admin.getByLabel('Server host name'));
  await typeInto(admin, admin.getByLabel('Server host name'), 'localhost');
  await save(admin);
  expect(await study.admin('GET', '/project')).toMatchObject({
    project: { short_name: 'Heart', server1: 'localhost', public: true },
  });
});

test('an org admin registers a site, and the focus comes back to where it was', async () => {
  await study.signUp({ email: OWNER, organization: 'North', role: 'org_admin', sites: [] });
  await logInByKeys(owner, OWNER, PASSWORD);
  await goTo(owner, 'Sites');
  const add = owner.getByRole('button', { name: 'Add a site' });
  await press(owner, add);
  await typeInto(owner, owner.getByLabel('Site name'), 'north-1');
  await typeInto(owner, owner.getByLabel('GPUs', { exact: true }), '2');
  await typeInto(owner, owner.getByLabel('Memory per GPU in GiB'), '24');
  await owner.keyboard.press('Enter');
  await owner.getByText('Site north-1 added; waiting for approval.').waitFor();
  await waitForFocus(add);
});

test('the admin decides in the inbox with j, k, a and d, undoes with u, and never loses the place', async () => {
  await study.approveAll();
  for (const name of ['ben', 'cora', 'dan']) {
    await study.signUp({ email: `${name}@south.org`, organization: 'South', role: 'member' });
  }
  await goTo(admin, 'Inbox');
  const row = (name: string) => admin.locator('[data-request]').filter({ hasText: `${name}@south.org` });
  await row('dan').waitFor();
  await tabTo(admin, row('ben'));
  await admin.keyboard.press('j');
  await waitForFocus(row('cora'));
  await admin.keyboard.press('k');
  await waitForFocus(row('ben'));
  await admin.keyboard.press('a');
  await row('ben').waitFor({ state: 'detached' });
  await waitForFocus(row('cora'));
  await admin.keyboard.press('a');
  await row('cora').waitFor({ state: 'detached' });
  await waitForFocus(row('dan'));
  await admin.keyboard.press('d');
  await waitForFocus(admin.getByLabel('Reason, shown to the applicant'));
  await admin.keyboard.type('South is not part of it');
  await press(admin, admin.getByRole('dialog').getByRole('button', { name: 'Deny' }));
  await admin.getByText('No requests are waiting.').waitFor();
  await waitForFocus(admin.getByRole('group', { name: 'Waiting requests' }));
  await admin.keyboard.press('u');
  await row('dan').waitFor();
  expect(await study.admin('GET', '/inbox')).toMatchObject({ users: [{ email: 'dan@south.org' }] });
});

test('the admin approves from a row of the table of users by its menu', async () => {
  await goTo(admin, 'Users');
  const actions = admin.getByRole('button', { name: 'Actions for dan@south.org' });
  await press(admin, actions);
  const item = (name: string) => admin.getByRole('menuitem', { name, exact: true });
  await waitForFocus(item('Approve'));
  await admin.keyboard.press('ArrowDown');
  await waitForFocus(item('Deny'));
  await admin.keyboard.press('ArrowUp');
  await waitForFocus(item('Approve'));
  await admin.keyboard.press('Enter');
  const dialog = admin.getByRole('dialog');
  await press(admin, dialog.getByRole('button', { name: 'Approve' }));
  await admin.getByRole('dialog', { name: '1 done' }).waitFor();
  await admin.keyboard.press('Escape');
  await waitForFocus(actions);
});

test('the admin freezes the project', async () => {
  await goTo(admin, 'Freeze');
  await typeInto(admin, admin.getByLabel(/Type the short name/), 'Heart');
  await admin.keyboard.press('Enter');
  await admin.getByRole('heading', { name: 'The project is frozen' }).waitFor();
  await waitForFocus(admin.getByRole('main'));
});

test('the org admin downloads the kit of the site, and the focus comes back to where it was', async () => {
  await goTo(owner, 'Downloads');
  await owner.reload();
  const download = owner.getByRole('button', { name: /Download the kit of north-1/ });
  await press(owner, download);
  await waitForFocus(owner.getByRole('button', { name: 'Prepare the kit' }));
  const entries = await openSavedKit(
    owner,
    () => owner.keyboard.press('Enter'),
    () => press(owner, owner.getByRole('button', { name: 'Show', exact: true })),
  );
  expect(entries).toContain('startup');
  await owner.keyboard.press('Escape');
  await waitForFocus(download);
});
