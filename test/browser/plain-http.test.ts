import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startDashboard, type Dashboard } from './dashboard.ts';
import { launch, visit } from './visitor.ts';

jest.setTimeout(240_000);

const NAME = 'dashboard.example.org';
let dashboard: Dashboard;
let browser: Browser;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch([`--host-resolver-rules=MAP ${NAME} 127.0.0.1`]);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

it.each([
  ['en', 'This connection is not encrypted'],
  ['de', 'Diese Verbindung ist nicht verschlüsselt'],
] as const)('warns of a connection that is not encrypted before the log-in (%s)', async (language, title) => {
  const url = `http://${NAME}:${new URL(dashboard.url).port}`;
  const { page, context } = await visit(browser, url, { language });
  await page.goto('/');
  await page.getByText(title).waitFor();
  await context.close();
});

it('does not warn on this machine', async () => {
  const { page, context } = await visit(browser, dashboard.url);
  await page.goto('/');
  await page.getByLabel('E-mail').waitFor();
  expect(await page.getByText('This connection is not encrypted').count()).toBe(0);
  await context.close();
});
