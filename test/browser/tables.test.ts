import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy } from './study.ts';
import { launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  const study = await prepareStudy(dashboard.url);
  for (const name of ['ben', 'cora', 'dan']) {
    await study.signUp({ email: `${name}@south.org`, organization: 'South', role: 'member' });
  }
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('the filter takes every key of a fast typist, stands in the address, and follows it', async () => {
  const { page } = await visit(browser, dashboard.url);
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/users');
  const filter = page.getByLabel('Filter', { exact: true });
  const rows = page.getByRole('row').filter({ hasText: '@' });
  await filter.waitFor();
  await filter.focus();
  await page.keyboard.type('cora@south.org');
  await rows.filter({ hasText: 'ben@south.org' }).waitFor({ state: 'detached' });
  expect(await filter.inputValue()).toBe('cora@south.org');
  expect(await rows.count()).toBe(1);
  expect(new URL(page.url()).searchParams.get('q')).toBe('cora@south.org');
  for (let step = 0; step < 'south.org'.length; step += 1) {
    await page.keyboard.press('ArrowLeft');
  }
  await page.keyboard.press('Backspace');
  await page.keyboard.type('@');
  expect(await filter.inputValue()).toBe('cora@south.org');
  await page.goto('/users?q=dan');
  expect(await filter.inputValue()).toBe('dan');
  await page.getByText('1 row', { exact: true }).waitFor();
});

test('the audit is searched by text and day, and saved whole', async () => {
  const { page, complaints } = await visit(browser, dashboard.url);
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/audit');
  const records = page.getByRole('region', { name: 'Audit' }).getByRole('row');
  await page.getByRole('searchbox', { name: 'Search' }).fill('CORA@');
  await page.keyboard.press('Enter');
  await page.getByText('1 row', { exact: true }).waitFor();
  expect(await records.last().textContent()).toContain('created the account cora@south.org');
  await page.getByLabel('To', { exact: true }).fill('2020-01-31');
  await page.keyboard.press('Tab');
  await page.getByText('No row matches the filter.').waitFor();
  expect(new URL(page.url()).search).toBe('?q=CORA%40&to=2020-01-31');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export all (JSON lines)' }).click(),
  ]);
  const lines = (await readFile(await saved.path(), 'utf8')).trim().split('\n');
  expect(saved.suggestedFilename()).toBe('audit.jsonl');
  expect(lines.map((line) => z.object({ id: z.number() }).parse(JSON.parse(line)).id)).toEqual(
    lines.map((_, index) => index + 1),
  );
  expect(complaints).toEqual([]);
});
