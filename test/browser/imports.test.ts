import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { axeViolations, launch, logIn, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let admin: Visitor;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  await study.signUp({ email: 'anna@north.org', organization: 'North', role: 'org_admin' });
  await study.approveAll();
  admin = await visit(browser, dashboard.url);
  await logIn(admin.page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const openImport = async (page: Page, path: string): Promise<Locator> => {
  await page.goto(path);
  await page.getByRole('button', { name: 'Import from CSV' }).click();
  return page.getByRole('dialog');
};

const choose = (dialog: Locator, content: string | Buffer): Promise<void> =>
  dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });

const siteCount = async (): Promise<unknown> => (await study.admin('GET', '/clients'))['total'];

test('shows what is wrong with each line, and imports nothing', async () => {
  const dialog = await openImport(admin.page, '/sites');
  await choose(dialog, 'name;organization\r\nnorth-1;North\r\nnorth 2;North\r\nnorth-3;Nortn\r\n');
  await dialog.getByText('1 row has errors. Nothing has been imported.').waitFor();
  const wrong = dialog.getByRole('row').filter({ hasText: 'north 2' });
  expect(await wrong.innerText()).toMatch(/^3\b[^]*name: Letters, digits, hyphens and underscores only\./);
  expect(await dialog.getByRole('row').filter({ hasText: 'north-3' }).innerText()).toContain(
    'new organization',
  );
  expect(await dialog.getByRole('button', { name: /^Add \d+ sites$/ }).isDisabled()).toBe(true);
  expect(await axeViolations(admin)).toEqual([]);
  expect(await siteCount()).toBe(0);
});

test('takes the corrected file and adds all its sites', async () => {
  const dialog = admin.page.getByRole('dialog');
  await choose(dialog, '\uFEFFname;organization;owner\r\nnorth-1;North;anna@north.org\r\nnorth-2;North;\r\n');
  await dialog.getByText('2 rows, without errors. Nothing has been imported yet.').waitFor();
  expect(await siteCount()).toBe(0);
  await dialog.getByRole('button', { name: 'Add 2 sites' }).click();
  await admin.page.getByText('2 sites added; waiting for approval.').waitFor();
  expect(await siteCount()).toBe(2);
  await admin.page.getByRole('row').filter({ hasText: 'north-1' }).getByText('anna@north.org').waitFor();
});

test('imports the file that is shown when an earlier one is checked late', async () => {
  const dialog = await openImport(admin.page, '/sites');
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await admin.page.route('**/clients/import', async (route) => {
    if (route.request().postData()?.includes('late-1') === true) {
      await held;
    }
    await route.continue();
  });
  await choose(dialog, 'name,organization\nlate-1,North\n');
  await choose(dialog, 'name,organization\nshown-1,North\n');
  await dialog.getByRole('row').filter({ hasText: 'shown-1' }).waitFor();
  const late = admin.page.waitForResponse(
    (response) => response.request().postData()?.includes('late-1') === true,
  );
  release();
  await (await late).finished();
  await dialog.getByRole('button', { name: 'Add 1 site' }).click();
  await admin.page.getByText('1 site added; waiting for approval.').waitFor();
  expect(JSON.stringify(await study.admin('GET', '/clients'))).toContain('shown-1');
  await admin.page.unroute('**/clients/import');
});

test.each([
  ['Latin-1', Buffer.from('name,organization\nM\u00FCnchen,North\n', 'latin1'), /not a CSV file in UTF-8/],
  ['a spreadsheet', Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]), /not a CSV file in UTF-8/],
  [
    'an unknown column',
    Buffer.from('name,organization,color\na,North,red\n'),
    /color: This column is not known/,
  ],
])('refuses %s with a sentence', async (_, content, sentence) => {
  const dialog = await openImport(admin.page, '/sites');
  await choose(dialog, content);
  await dialog.getByRole('alert').getByText(sentence).waitFor();
});

test('invites the people of a file and gives their links as a file', async () => {
  const dialog = await openImport(admin.page, '/users');
  await choose(
    dialog,
    'email,organization,role\nben@north.org,North,member\ncleo@south.org,South,org_admin\n',
  );
  await dialog.getByRole('button', { name: 'Invite 2 people' }).click();
  const saved = admin.page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save the links as CSV' }).click();
  const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[2]).toMatch(/^cleo@south\.org,South,org_admin,http.*\/sign-up#invitation=/);
});

test('an organization admin imports own sites in German from the saved template', async () => {
  const { page, context } = await visit(browser, dashboard.url, { language: 'de' });
  await logIn(page, 'anna@north.org', PASSWORD);
  await page.getByRole('navigation').getByRole('link', { name: 'Standorte' }).click();
  await page.getByRole('button', { name: 'Aus CSV importieren' }).click();
  const dialog = page.getByRole('dialog');
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Vorlage speichern' }).click();
  const template = await readFile(await (await saved).path(), 'utf8');
  await choose(dialog, template);
  await dialog.getByText('organization: Das kann nur der Projekt-Admin festlegen.').waitFor();
  await choose(dialog, template.replace('Clinic', 'North'));
  await dialog.getByRole('button', { name: '1 Standort hinzufügen' }).click();
  await page.getByText('1 Standort hinzugefügt; wartet auf Genehmigung.').waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'clinic-1' }).count()).toBe(1);
  await context.close();
});
