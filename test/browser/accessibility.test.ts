import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { PATHS } from '../../src/web/ui/page-list.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { chooseLanguage, PASSWORD, prepareStudy, type Study } from './study.ts';
import { type Visitor, axeViolations, launch, logIn, settled, visit } from './visitor.ts';

jest.setTimeout(240_000);

const PASSPHRASE = 'seven harbours and a lantern';
const EVERYWHERE = [...Object.values(PATHS), '/sites/2', '/users/1', '/organizations/North'];
const OWN = [PATHS.home, PATHS.downloads, PATHS.me, PATHS.sites, PATHS.users];
const PEOPLE = {
  waiting: { email: 'pia@west.org', organization: 'West', role: 'org_admin', sites: ['west-1'] },
  member: { email: 'mia@north.org', organization: 'North', role: 'member' },
  lead: { email: 'lea@north.org', organization: 'North', role: 'lead' },
  'org admin': { email: 'anna@north.org', organization: 'North', role: 'org_admin', sites: ['north-1'] },
} as const;
const DENIED = { email: 'dora@south.org', organization: 'South', role: 'member' } as const;

let dashboard: Dashboard;
let browser: Browser;
let study: Study;

beforeAll(async () => {
  dashboard = await startDashboard({ NVFL_DASHBOARD_PP: PASSPHRASE });
  browser = await launch();
  study = await prepareStudy(dashboard.url, {
    target_release: '2.6',
    ha_mode: true,
    server2: 'second.example.org',
    overseer: 'overseer.example.org',
  });
  await study.signUp(DENIED);
  await study.denyAll('South is not part of it');
  for (const person of ['member', 'lead', 'org admin'] as const) {
    await study.signUp(PEOPLE[person]);
  }
  await study.approveAll();
  await study.signUp(PEOPLE.waiting);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

type Scheme = 'light' | 'dark';
const BOTH: readonly Scheme[] = ['light', 'dark'];

/** Returns what axe finds on the page as it stands: everything in the first color scheme, colors in the others. */
const faultsOf = async (
  visitor: Visitor,
  where: string,
  schemes: readonly Scheme[] = BOTH,
): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const [index, colorScheme] of schemes.entries()) {
    await visitor.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found = await axeViolations(visitor, index === 0 ? 'all' : 'colors');
    faults.push(...found.map((what) => `${where}, ${colorScheme}: ${what}`));
  }
  return faults;
};

const errorsOn = async (
  visitor: Visitor,
  paths: readonly string[],
  schemes = BOTH,
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const path of paths) {
    await visitor.page.goto(path);
    await visitor.page.getByRole('heading', { level: 1 }).waitFor();
    await settled(visitor.page);
    found.push(...(await faultsOf(visitor, path, schemes)));
  }
  return found;
};

const asAdmin = async (language: 'en' | 'de' = 'en'): Promise<Visitor> => {
  const visitor = await visit(browser, dashboard.url, { language });
  await chooseLanguage(dashboard.url, { email: ADMIN.email, password: NEW_PASSWORD }, language);
  await logIn(visitor.page, ADMIN.email, NEW_PASSWORD);
  return visitor;
};

const LANGUAGES = [
  ['en', BOTH],
  // Words do not change colors.
  ['de', ['light']],
] as const;
/** The elements are the same in all languages; the soak looks at the other as well. */
const looked = process.env['AXE_LANGUAGES'] === 'all' ? LANGUAGES : LANGUAGES.slice(0, 1);

describe.each(looked)('in %s, axe finds nothing', (language, schemes) => {
  test('for a stranger, also one whose request was denied', async () => {
    const visitor = await visit(browser, dashboard.url, { language });
    const { page, complaints, context } = visitor;
    expect(
      await errorsOn(visitor, [PATHS.home, PATHS.signUp, PATHS.users, '/no/such/page'], schemes),
    ).toEqual([]);
    await page.goto('/');
    await page.getByLabel(/^E-[mM]ail/).fill(DENIED.email);
    await page
      .getByLabel(/^Passwor[dt]/)
      .and(page.locator('input'))
      .fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('South is not part of it').waitFor();
    expect(await faultsOf(visitor, 'denied', schemes)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each(['waiting', 'member', 'lead', 'org admin'] as const)('for somebody who is %s', async (person) => {
    const visitor = await visit(browser, dashboard.url, { language });
    const { email } = PEOPLE[person];
    await chooseLanguage(dashboard.url, { email, password: PASSWORD }, language);
    await logIn(visitor.page, email, PASSWORD);
    expect(await errorsOn(visitor, OWN, schemes)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  test('for the project admin', async () => {
    const visitor = await asAdmin(language);
    expect(await errorsOn(visitor, EVERYWHERE, schemes)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });
});

const open = async (page: Page, path: string, ...buttons: readonly Locator[]) => {
  await page.goto(path);
  for (const button of buttons) {
    await button.click();
  }
  await settled(page);
};

test('axe finds nothing in what opens over a page or in it', async () => {
  const visitor = await asAdmin();
  const { page, complaints, context } = visitor;
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
  const dialog = page.getByRole('dialog');
  const found: string[] = [];
  const look = async (what: string, there: Locator) => {
    await there.first().waitFor();
    found.push(...(await faultsOf(visitor, what)));
  };
  await open(page, PATHS.users, button('Add a user'));
  await look('a new user', dialog);
  await open(page, PATHS.users, button(`Actions for ${PEOPLE.waiting.email}`));
  await look('the menu of a row', item('Approve'));
  await item('Delete').click();
  await look('a decision', dialog);
  await open(page, PATHS.users, button(/^Edit Organization of pia/));
  await page.keyboard.type('no organization!');
  await page.keyboard.press('Enter');
  await look('a cell with a fault', page.getByText(/^Letters, digits/));
  await open(page, PATHS.sites, button('Add a site'));
  await look('a new site', dialog);
  await open(page, PATHS.sites, button('Actions for north-1'), item('Hand over …'));
  await look('a site handed over', dialog);
  await open(page, PATHS.inbox, button('Deny').first());
  await look('a denial', dialog);
  await open(page, PATHS.home, button(/^Search people/));
  await look('the palette', page.getByPlaceholder('Search people, sites, serial numbers, pages …'));
  await open(page, PATHS.home, button('Keyboard shortcuts'));
  await look('the shortcuts', dialog);
  await open(page, PATHS.home, button('Language and colors'));
  await look('the settings', page.getByRole('menuitemradio'));
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('axe finds nothing once the project is frozen, while a kit is made, and while it is sealed', async () => {
  await study.freeze();
  const visitor = await asAdmin();
  const { page } = visitor;
  expect(await errorsOn(visitor, EVERYWHERE)).toEqual([]);
  await open(page, PATHS.downloads, page.getByRole('button', { name: /Download the kit of Server:/ }));
  expect(await faultsOf(visitor, 'a kit asked for')).toEqual([]);
  await page.getByRole('button', { name: 'Prepare the kit' }).click();
  await page.locator('[data-pin]').waitFor();
  expect(await faultsOf(visitor, 'a kit that is ready')).toEqual([]);
  // An open page would poll the stopped backend and report each refused connection.
  await page.goto('about:blank');
  await dashboard.down();
  await dashboard.up();
  expect(await errorsOn(visitor, [PATHS.home, PATHS.downloads])).toEqual([]);
  await page.getByText('Enter the passphrase to make kits again.').waitFor();
  expect(visitor.complaints).toEqual([]);
});
