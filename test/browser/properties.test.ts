import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy } from './study.ts';
import { axeViolations, launch, logIn, visit } from './visitor.ts';

jest.setTimeout(240_000);

let dashboard: Dashboard;
let browser: Browser;

beforeAll(async () => {
  dashboard = await startDashboard();
  browser = await launch();
  await prepareStudy(dashboard.url);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
});

test('the admin sees what the properties file sets, and what is wrong with it', async () => {
  const visitor = await visit(browser, dashboard.url);
  const { page } = visitor;
  const file = join(dashboard.folder, 'properties.yml');
  const card = page.getByRole('region', { name: 'Properties file' }).first();
  await logIn(page, ADMIN.email, NEW_PASSWORD);
  await page.goto('/project');
  await card.getByText(/^There is no properties\.yml/).waitFor();

  await writeFile(file, 'server:\n  fed_learn_port: 8102\nclient:\n  allow_log_streaming: true\n');
  await page.reload();
  await card.getByRole('row', { name: 'Server fed_learn_port 8102' }).waitFor();
  await card.getByRole('row', { name: 'Sites allow_log_streaming true' }).waitFor();
  expect(await axeViolations(visitor)).toEqual([]);

  await writeFile(file, 'server:\n  fed_learn_port: none\n');
  await page.reload();
  const problem = card.getByRole('alert');
  await problem.getByText('properties.yml has errors').waitFor();
  expect(await problem.textContent()).toContain('server.fed_learn_port');
  expect(await axeViolations(visitor)).toEqual([]);
  expect(visitor.complaints).toEqual([]);
  await rm(file);
});
