import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { launch, logIn, logOut, openPage, visit } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  ({ page } = await visit(browser, dashboard.url));
  await logIn(page, ADMIN.email, NEW_PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

const fillLogIn = async (on: Page, email: string, password: string) => {
  await on.getByLabel('E-mail').fill(email);
  await on.getByLabel('Password', { exact: true }).and(on.locator('input')).fill(password);
  await on.getByRole('button', { name: 'Log in' }).click();
};

test('a server that is down is told, nothing typed is lost, and the page goes on by itself', async () => {
  await page.goto('/project');
  const description = page.getByLabel('Description');
  await description.fill('typed while the server was down');
  await dashboard.down();
  await page.getByRole('button', { name: 'Save' }).click();
  const note = page.getByRole('alert').filter({ hasText: 'The page keeps trying' });
  await note.waitFor();
  expect(await description.inputValue()).toBe('typed while the server was down');
  await page.getByRole('link', { name: 'Audit' }).click();
  await dashboard.up();
  await note.waitFor({ state: 'detached' });
  await page.getByText('Log integrity verified.').waitFor();
});

test('what could not be saved is saved by pressing the button again', async () => {
  await page.goto('/project');
  await page.getByLabel('Title').fill('Kept through the outage');
  await dashboard.down();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Check your network connection').waitFor();
  await dashboard.up();
  await page.getByText('The page keeps trying').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  expect(await study.admin('GET', '/project')).toMatchObject({
    project: { title: 'Kept through the outage' },
  });
});

test('keeps a filled form when another tab logs out, and saves it after the next log-in', async () => {
  await page.goto('/project');
  await page.getByLabel('App location').fill('registry.example.org/study');
  const elsewhere = await openPage(page.context());
  await elsewhere.goto('/');
  await logOut(elsewhere);
  await elsewhere.close();
  await fillLogIn(page, ADMIN.email, NEW_PASSWORD);
  expect(await page.getByLabel('App location').inputValue()).toBe('registry.example.org/study');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  expect(await study.admin('GET', '/project')).toMatchObject({
    project: { app_location: 'registry.example.org/study' },
  });
});

test('an applicant who was denied reads the reason at the log-in, asks again, and is asked back', async () => {
  await study.signUp({ email: 'denied@clinic.org', organization: 'Clinic', role: 'member' });
  await study.denyAll('Only clinics of the consortium take part');
  const { page: applicants, context } = await visit(browser, dashboard.url);
  await applicants.goto('/');
  await fillLogIn(applicants, 'denied@clinic.org', PASSWORD);
  const alert = applicants.getByRole('alert');
  await alert.getByText('Your request was denied.').waitFor();
  await alert.getByText('Reason: Only clinics of the consortium take part').waitFor();
  await applicants.getByLabel('Message to the project admin').fill('We joined it last week.');
  await applicants.getByRole('button', { name: 'Ask again' }).click();
  await applicants.getByText('Your request waits for approval again.').waitFor();
  await page.goto('/users');
  await page.getByRole('link', { name: 'denied', exact: true }).click();
  await page.getByText('We joined it last week.').waitFor();
  await page.getByLabel('Question').fill('Who signed?');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText(`${ADMIN.email} asked`).waitFor();
  await applicants.getByRole('button', { name: 'Log in' }).click();
  await fillLogIn(applicants, 'denied@clinic.org', PASSWORD);
  await applicants.getByText('Who signed?').waitFor();
  await applicants.getByLabel('Your reply').fill('Dr. Anders');
  await applicants.getByRole('button', { name: 'Send' }).click();
  await applicants.getByText('denied@clinic.org replied').waitFor();
  await context.close();
});

test('an applicant who waits reads so after the log-in, and sees the approval without logging in again', async () => {
  await study.signUp({ email: 'waits@clinic.org', organization: 'Clinic', role: 'lead' });
  const { page: applicants, context } = await visit(browser, dashboard.url);
  await logIn(applicants, 'waits@clinic.org', PASSWORD);
  const note = applicants.getByText('Your request is waiting for approval');
  await note.waitFor();
  await study.approveAll();
  await note.waitFor({ state: 'detached' });
  await applicants.getByRole('heading', { name: 'Approved sites' }).waitFor();
  await context.close();
});

test('too many wrong passwords are refused with the time to wait', async () => {
  const { page: guessers, context } = await visit(browser, dashboard.url);
  await guessers.goto('/');
  for (let guess = 1; guess <= 6; guess += 1) {
    const answered = guessers.waitForResponse((response) => response.url().endsWith('/login'));
    await fillLogIn(guessers, 'nobody@clinic.org', `guess-number-${guess}`);
    await answered;
    await guessers.getByRole('alert').waitFor();
  }
  await guessers
    .getByRole('alert')
    .getByText(/Too many attempts\..*Try again in \d+ minutes?\./)
    .waitFor();
  await context.close();
});

test('a busy server is told with the time to wait', async () => {
  const { page: visitors, context } = await visit(browser, dashboard.url);
  await visitors.goto('/');
  // A full queue lasts too short for a person's click: its documented answer is put in at the network's edge.
  await visitors.route('**/api/v1/login', (route) =>
    route.fulfill({
      status: 503,
      headers: { 'retry-after': '5' },
      json: { status: 'unavailable', code: 'unavailable', message: 'Too much waits.', request_id: 'busy-1' },
    }),
  );
  await fillLogIn(visitors, ADMIN.email, NEW_PASSWORD);
  await visitors
    .getByRole('alert')
    .getByText(/busy.*Try again in 5 seconds\./)
    .waitFor();
  await visitors.getByText('Request busy-1').waitFor();
  await context.close();
});
