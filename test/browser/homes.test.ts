import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const ANNA = 'anna@north.org';
const BEN = 'ben@south.org';

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let admin: Page;
let anna: Page;
let ben: Page;

const as = async (email: string, password: string): Promise<Page> => {
  const { page } = await visit(browser, dashboard.url);
  await logIn(page, email, password);
  return page;
};

const next = (page: Page) => page.locator('[aria-current="step"]');

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  await study.admin('PATCH', '/project', {
    description: 'First line\nSee https://example.org/study. Bye.',
  });
  admin = await as(ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('says that nothing is to be done, and no organization is on its way, in a new project', async () => {
  await admin.getByText('Nothing needs your attention.').waitFor();
  await admin.getByText('No organization has been invited or has signed up yet.').waitFor();
});

test('keeps the lines of the description and links its addresses', async () => {
  await admin.getByRole('link', { name: 'https://example.org/study', exact: true }).waitFor();
  const style = await admin.evaluate("getComputedStyle(document.querySelector('main .lines')).whiteSpace");
  expect(style).toBe('pre-line');
});

test('shows somebody who waits that the request was sent and what comes next', async () => {
  await study.signUp({
    email: ANNA,
    organization: 'North',
    role: 'org_admin',
    sites: ['north-1', 'north-2'],
  });
  await study.signUp({ email: BEN, organization: 'South', role: 'lead' });
  anna = await as(ANNA, PASSWORD);
  await next(anna).getByText('A project admin will review your request.').waitFor();
  await anna.getByRole('region', { name: 'List of your sites' }).getByText('north-2').waitFor();
  ben = await as(BEN, PASSWORD);
  await next(ben).getByText('Request approved').waitFor();
});

test('leads the admin to what waits, and counts no request as taking part', async () => {
  await admin.goto('/');
  await admin.getByText('0 of 1 organization ready').waitFor();
  expect(await admin.locator('dl.figures dd').allTextContents()).toEqual(['0', '1', '1']);
  await admin.getByRole('link', { name: '4 requests are waiting for your decision' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
});

test('tells of an approved request that the project is not frozen yet', async () => {
  await study.approveAll();
  await anna.goto('/');
  await next(anna)
    .getByText('Kits can be downloaded once the project admin has frozen the project.')
    .waitFor();
  await ben.goto('/');
  await next(ben).getByText('Kits can be downloaded').waitFor();
});

test('sends everybody to the kit once the project is frozen, and then to the command', async () => {
  await study.freeze();
  await anna.goto('/');
  await next(anna).getByText('Download the kit of north-1').waitFor();
  await next(anna).getByRole('link', { name: 'Go to the downloads' }).click();
  await anna.getByRole('heading', { level: 1, name: 'Downloads' }).waitFor();
  await ben.goto('/');
  await next(ben).getByText('Download your console kit').waitFor();
  await ben.goto('/downloads');
  await ben.getByRole('button', { name: `Download the kit of Console kit of ${BEN}` }).click();
  await Promise.all([
    ben.waitForEvent('download'),
    ben.getByRole('button', { name: 'Prepare the kit' }).click(),
  ]);
  await ben.getByRole('button', { name: 'Show', exact: true }).waitFor();
  await ben.goto('/');
  await next(ben).getByText(`'${BEN}/startup/fl_admin.sh'`).waitFor();
  await next(ben).getByText('submit_job JOB_FOLDER').waitFor();
});

test('shows the admin the sites without a kit, and the last events', async () => {
  await admin.goto('/');
  await admin.getByText(`${BEN} downloaded the kit of ${BEN}`).waitFor();
  await admin.getByRole('link', { name: '2 approved sites have not downloaded their kits yet' }).click();
  await admin.getByRole('button', { name: 'Remove the filter Startup kit: not downloaded yet' }).waitFor();
  await admin.getByRole('link', { name: 'north-2' }).waitFor();
});

test('counts an organization as ready once a site downloaded its kit, and leads to it', async () => {
  await anna.goto('/downloads');
  await anna.getByRole('button', { name: 'Download the kit of north-1' }).click();
  await Promise.all([
    anna.waitForEvent('download'),
    anna.getByRole('button', { name: 'Prepare the kit' }).click(),
  ]);
  await anna.getByRole('button', { name: 'Show', exact: true }).waitFor();
  await admin.goto('/');
  await admin.getByText('1 of 1 organization ready').waitFor();
  await admin.getByRole('link', { name: 'Ready: 1' }).click();
  await admin.getByRole('region', { name: 'Organizations' }).getByRole('link', { name: 'North' }).waitFor();
});
