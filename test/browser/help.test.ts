import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy } from './study.ts';
import { axeViolations, launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

const Package = z.object({ version: z.string() });

let dashboard: Dashboard;
let browser: Browser;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  const study = await prepareStudy(dashboard.url);
  await study.signUp({ email: 'anna@north.org', organization: 'North', role: 'org_admin', sites: ['n-1'] });
  await study.approveAll();
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test.each([
  ['project admin', ADMIN.email, NEW_PASSWORD, 'Freeze the project.'],
  ['organization admin', 'anna@north.org', PASSWORD, 'Add your sites under Account.'],
])('shows a %s the own steps first, without a call elsewhere', async (_role, email, password, step) => {
  const visitor = await visit(browser, dashboard.url);
  await logIn(visitor.page, email, password);
  await visitor.page.getByRole('link', { name: 'Help', exact: true }).click();
  const own = visitor.page.getByRole('region', { name: 'Your steps' });
  await own.getByText(step).waitFor();
  expect(await axeViolations(visitor)).toEqual([]);
  expect([...visitor.hosts]).toEqual([new URL(dashboard.url).host]);
  await visitor.context.close();
});

test('speaks German to a stranger', async () => {
  const { page, context } = await visit(browser, dashboard.url, { language: 'de' });
  await page.goto('/help');
  await page.getByText('Öffnen Sie einen Einladungslink').waitFor();
  await page.getByRole('region', { name: 'Begriffe' }).getByText('Root-CA').first().waitFor();
  await context.close();
});

test('names the version in the footer, and what is new in it', async () => {
  const { version } = Package.parse(JSON.parse(await readFile('package.json', 'utf8')));
  const { page, context } = await visit(browser, dashboard.url);
  await page.goto('/');
  await page.locator('footer').getByText(`Version ${version}`).waitFor();
  await page.getByRole('link', { name: 'What is new' }).click();
  const news = page.getByRole('region', { name: `What is new (${version})` });
  await news.getByRole('heading', { name: 'Added' }).waitFor();
  expect(await news.getByRole('listitem').count()).toBeGreaterThan(5);
  await context.close();
});
