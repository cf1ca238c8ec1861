import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Locator, Page, Request } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy } from './study.ts';
import { launch, logIn, settled, visit } from './visitor.ts';

jest.setTimeout(240_000);

const SITES = 57;

let dashboard: Dashboard;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  const study = await prepareStudy(dashboard.url);
  const person = { organization: 'North', role: 'member' as const };
  await study.signUp({ ...person, email: 'anna@north.org' });
  await study.approveAll();
  await study.signUp({ ...person, email: 'ben@north.org' });
  for (let count = 1; count <= SITES; count += 1) {
    await study.admin('POST', '/clients', { name: `site-${count}`, organization: 'North' });
  }
  ({ page } = await visit(browser, dashboard.url));
  await logIn(page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const FILL = `(fields) =>
  fields.map(([label, value]) => {
    const field = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === label).control;
    const kind = field instanceof HTMLSelectElement ? HTMLSelectElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, value);
    field.dispatchEvent(new Event(kind === HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
    return field.value;
  })`;

/**
 * Fills fields one after the other before the page can draw anything, as quick hands do on a slow machine. Returns what
 * each shows right afterwards.
 */
const fillAtOnce = (fields: readonly (readonly [label: string, value: string])[]): Promise<unknown> =>
  page.evaluate(`(${FILL})(${JSON.stringify(fields)})`);

const promiseOf = () => {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

const CHOICE = ['Approval', 'approved'] as const;
const TEXT = ['Filter', 'north'] as const;
const approval = () => page.getByLabel('Approval', { exact: true });
const filter = () => page.getByRole('searchbox', { name: 'Filter' });

/** Holds requests back until they are released. */
const hold = async (url: string): Promise<{ readonly release: () => void }> => {
  const { promise, resolve } = promiseOf();
  await page.route(url, async (route) => {
    await promise;
    await route.continue();
  });
  return { release: resolve };
};

test.each([
  ['choosing, then typing', [CHOICE, TEXT]],
  ['typing, then choosing', [TEXT, CHOICE]],
])('keeps both filters of a list after %s before the page draws', async (_what, order) => {
  await page.goto('/users');
  await settled(page);
  await fillAtOnce(order);
  await page.waitForURL(/\/users\?(?=.*q=north)(?=.*state=approved)/);
  await page.getByText('1 row', { exact: true }).waitFor();
  expect(await filter().inputValue()).toBe('north');
  expect(await approval().inputValue()).toBe('approved');
});

test('keeps three choices of the audit made before the page draws', async () => {
  await page.goto('/audit');
  await settled(page);
  await fillAtOnce([
    ['Event', 'user.approve'],
    ['From', '2020-01-31'],
    ['Search', 'anna'],
  ]);
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await page.waitForURL(/\/audit\?(?=.*q=anna)(?=.*action=user.approve)(?=.*from=2020-01-31)/);
});

test('shows a choice at once', async () => {
  await page.goto('/users');
  await settled(page);
  expect(await fillAtOnce([CHOICE])).toEqual(['approved']);
});

test('turns two pages by Enter pressed twice, and takes each back', async () => {
  await page.goto('/sites');
  await settled(page);
  await page.getByRole('button', { name: 'Next page' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.waitForURL(/page=3/);
  await page.getByText(`51–${SITES} of ${SITES}`).waitFor();
  await page.goBack();
  await page.waitForURL(/page=2/);
  await page.getByText(`26–50 of ${SITES}`).waitFor();
});

/** The writes that the page sends meanwhile. */
const writesOf = async (act: () => Promise<unknown>): Promise<readonly string[]> => {
  const writes: string[] = [];
  const note = (request: Request): void => {
    if (request.method() !== 'GET') {
      writes.push(`${request.method()} ${new URL(request.url()).pathname}`);
    }
  };
  page.on('request', note);
  await act();
  page.off('request', note);
  return writes;
};

/** Presses a button twice before the page can draw anything. */
const pressTwice = async (button: Locator): Promise<void> => {
  await button.focus();
  await page.evaluate('document.activeElement.click(), document.activeElement.click()');
};

test('sends a form once that Enter is pressed in twice', async () => {
  await page.goto('/project');
  await page.getByLabel('Title').fill('Sent once');
  const writes = await writesOf(async () => {
    await page.evaluate(
      'document.activeElement.form.requestSubmit(), document.activeElement.form.requestSubmit()',
    );
    await page.getByText('Saved.', { exact: true }).first().waitFor();
  });
  expect(writes).toEqual(['PATCH /api/v1/project']);
});

test('adds one site by a double click', async () => {
  await page.goto('/sites');
  await page.getByRole('button', { name: 'Add a site' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a site' });
  await dialog.getByLabel('Site name').fill('once-1');
  await dialog.getByLabel('GPUs', { exact: true }).fill('1');
  await dialog.getByLabel('Memory per GPU in GiB').fill('16');
  await dialog.getByLabel('Organization').fill('North');
  const writes = await writesOf(async () => {
    await pressTwice(dialog.getByRole('button', { name: 'Add', exact: true }));
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Site once-1').first().waitFor();
  });
  expect(writes).toEqual(['POST /api/v1/clients']);
  expect(await page.getByText('This name is already taken.').count()).toBe(0);
});

test('approves a request once by a double click', async () => {
  await page.goto('/inbox?q=ben@north.org');
  const writes = await writesOf(async () => {
    await pressTwice(page.getByRole('button', { name: 'Approve: ben@north.org' }));
    await page.getByText('ben@north.org is approved.').first().waitFor();
  });
  expect(writes).toEqual(['POST /api/v1/approvals']);
});

test('does not call back somebody who went to another page while an organization was saved', async () => {
  await page.goto('/inbox');
  await page.getByRole('navigation').getByRole('link', { name: 'Organizations', exact: true }).click();
  await page.getByRole('button', { name: 'Add organization' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Display name' }).fill('East');
  const saved = await hold('**/api/v1/organizations');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.evaluate('history.back()');
  await page.waitForURL(/inbox/);
  const response = page.waitForResponse(
    (found) => found.request().method() === 'POST' && found.url().endsWith('/organizations'),
  );
  saved.release();
  await response;
  await settled(page);
  expect(new URL(page.url()).pathname).toBe('/inbox');
});
