import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { PAGES, PATHS } from '../../src/web/ui/page-list.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy } from './study.ts';
import { launch, logIn, settled, visit } from './visitor.ts';

jest.setTimeout(240_000);

/** 1280 px by 1024 px at a zoom of 400 %. */
const ZOOMED = { width: 320, height: 256 };
/** A4 with margins of 1 cm at 96 dpi. */
const PAPER = { width: 718, height: 1047 };
const ORGANIZATION = 'Universitaetsklinikum_Hamburg_Eppendorf';
const ANNA = 'anna.with.a.long.name@university-hospital.example.org';
const ADMIN_PLACES = [
  ...PAGES.map((page) => PATHS[page]),
  PATHS.setUp,
  PATHS.help,
  '/sites/1',
  '/users/2',
  `/organizations/${ORGANIZATION}`,
  '/nowhere',
];

let dashboard: Dashboard;
let browser: Browser;
let admin: Page;
let anna: Page;
let stranger: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  const study = await prepareStudy(dashboard.url);
  const person = { organization: ORGANIZATION, role: 'org_admin' as const };
  await study.signUp({ ...person, email: ANNA, sites: ['uke-hamburg-radiology-anna'] });
  await study.approveAll();
  await study.freeze();
  const email = 'bert.with.a.longer.name@university-hospital.example.org';
  await study.signUp({ ...person, email, sites: ['uke-hamburg-radiology-bert'] });
  ({ page: admin } = await visit(browser, dashboard.url, { language: 'de' }));
  await logIn(admin, ADMIN.email, NEW_PASSWORD);
  ({ page: anna } = await visit(browser, dashboard.url, { language: 'de' }));
  await logIn(anna, ANNA, PASSWORD);
  ({ page: stranger } = await visit(browser, dashboard.url, { language: 'de' }));
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

/** Elements that reach over the right edge of the window, are cut off, or scroll sideways, by class and text. */
const OVER = `(() => {
  const roots = document.querySelectorAll('[role=dialog]').length > 0 ? '[role=dialog]' : 'main';
  const name = (part) => part.className + ': ' + part.textContent.slice(0, 40);
  const parts = [...document.querySelectorAll(roots + ' *')].filter((part) => {
    const { width, height } = part.getBoundingClientRect();
    return width > 1 && height > 1 && part.checkVisibility({ visibilityProperty: true });
  });
  const isOver = (part) => part.getBoundingClientRect().right > innerWidth + 1;
  const isCut = (part) =>
    part.scrollWidth > part.clientWidth + 1 &&
    part.clientWidth > 0 &&
    !['INPUT', 'SELECT', 'TEXTAREA'].includes(part.tagName) &&
    !part.matches('.mantine-Switch-track') &&
    getComputedStyle(part).overflowX !== 'visible';
  return [...parts.filter(isOver), ...parts.filter(isCut)].map(name);
})()`;

/** Short words on buttons that are broken into two lines. */
const BROKEN = `[...document.querySelectorAll('.mantine-Button-label')].flatMap((label) => {
  const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
  const broken = [];
  while (walker.nextNode()) {
    for (const { 0: word, index } of walker.currentNode.data.matchAll(/(?<![\\p{L}_])\\p{L}{2,12}(?![\\p{L}_])/gu)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, index);
      range.setEnd(walker.currentNode, index + word.length);
      if (range.getClientRects().length > 1) broken.push(word);
    }
  }
  return broken;
})`;

const openAt = async (page: Page, place: string, size: typeof ZOOMED): Promise<void> => {
  await page.setViewportSize(size);
  await page.goto(place);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
};

const expectNothingCut = async (page: Page): Promise<void> => {
  expect(await page.evaluate(OVER)).toEqual([]);
  expect(await page.evaluate(BROKEN)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(ZOOMED.width);
};

describe('at a zoom of 400 %, nothing is cut off or scrolls sideways', () => {
  test.each(ADMIN_PLACES)('on %s of a project admin', async (place) => {
    await openAt(admin, place, ZOOMED);
    await expectNothingCut(admin);
  });

  test.each([
    PATHS.home,
    PATHS.downloads,
    PATHS.sites,
    PATHS.me,
    '/sites/1',
    `/organizations/${ORGANIZATION}`,
  ])('on %s of an organization admin', async (place) => {
    await openAt(anna, place, ZOOMED);
    await expectNothingCut(anna);
  });

  test.each([PATHS.home, PATHS.signUp, PATHS.forgotPassword, PATHS.help])(
    'on %s of a stranger',
    async (place) => {
      await openAt(stranger, place, ZOOMED);
      await expectNothingCut(stranger);
    },
  );

  test.each([
    [PATHS.users, 'Benutzer hinzufügen'],
    [PATHS.users, 'Personen einladen'],
    [PATHS.users, 'Aus CSV importieren'],
    [PATHS.sites, 'Standort hinzufügen'],
    [PATHS.inbox, /^Ablehnen: bert/],
    [PATHS.inbox, /genehmigen: 1 Person/],
    [PATHS.downloads, /^Kit von .* herunterladen/],
    [PATHS.home, 'Suchen'],
  ])('in the dialog that %s opens by "%s"', async (place, button) => {
    await openAt(admin, place, ZOOMED);
    await admin.getByRole('button', { name: button }).first().click();
    await admin.getByRole('dialog').waitFor();
    await settled(admin);
    await expectNothingCut(admin);
  });
});

test('at a zoom of 400 %, the list of shortcuts fits the window', async () => {
  await openAt(admin, PATHS.home, ZOOMED);
  await admin.keyboard.press('?');
  await admin.getByRole('dialog').waitFor();
  await expectNothingCut(admin);
});

describe('on paper', () => {
  test.each([PATHS.users, PATHS.audit, PATHS.sites, PATHS.certificates, PATHS.home, '/sites/1'])(
    '%s is whole, without menu, buttons and checkboxes',
    async (place) => {
      await openAt(admin, place, PAPER);
      await admin.emulateMedia({ media: 'print' });
      expect(await admin.evaluate(OVER)).toEqual([]);
      const tools = admin.locator('header, nav, main button:not(.cell-value, th button), [type=checkbox]');
      expect(await tools.filter({ visible: true }).count()).toBe(0);
      const main = await admin.getByRole('heading', { level: 1 }).boundingBox();
      expect(main?.x).toBeLessThan(40);
      await admin.emulateMedia({ media: null });
    },
  );
});
