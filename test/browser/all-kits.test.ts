import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Download, Page } from 'playwright-core';
import { z } from 'zod';
import { startDashboard, type Dashboard } from './dashboard.ts';
import { PASSWORD, prepareStudy, type Study } from './study.ts';
import { axeViolations, launch, logIn, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

const execute = promisify(execFile);
const Entries = z.object({ audit: z.array(z.object({ actor: z.string(), target: z.string() })) });

let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let anna: Visitor;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'all-kits-'));
  dashboard = await startDashboard();
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  const organization = 'North';
  await study.signUp({
    email: 'anna@north.org',
    organization,
    role: 'org_admin',
    sites: ['north-1', 'north-2'],
  });
  await study.signUp({ email: 'bert@north.org', organization, role: 'org_admin', sites: ['north-9'] });
  await study.approveAll();
  await study.freeze();
  anna = await visit(browser, dashboard.url);
  await logIn(anna.page, 'anna@north.org', PASSWORD);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
  await rm(folder, { recursive: true });
});

const openDialog = async (page: Page) => {
  await page.goto('/downloads');
  await page.getByRole('button', { name: 'Download all my kits' }).click();
  return page.getByRole('dialog');
};

const savedBy = async (page: Page, act: () => Promise<unknown>): Promise<Download> => {
  const saving = page.waitForEvent('download', { timeout: 120_000 });
  await act();
  return saving;
};

test('goes on where it stopped, and saves the own kits alone, each with its PIN', async () => {
  const { page } = anna;
  const dialog = await openDialog(page);
  await dialog.getByRole('listitem').first().waitFor();
  expect(await dialog.getByRole('listitem').allTextContents()).toEqual([
    'Console kit of anna@north.org',
    'north-1',
    'north-2',
  ]);
  expect(await axeViolations(anna)).toEqual([]);
  await page.route(
    '**/api/v1/clients/*/blob',
    (route) =>
      route.fulfill({ status: 429, json: { code: 'too_many_requests', message: '', retry_after: 1 } }),
    { times: 1 },
  );
  await dialog.getByRole('button', { name: 'Generate 3 kits' }).click();
  await dialog.getByText('Stopped: 1 of 3 kits are ready').waitFor();
  const zip = await savedBy(page, () => dialog.getByRole('button', { name: 'Try again' }).click());
  expect(zip.suggestedFilename()).toBe('kits-North.zip');
  await zip.saveAs(join(folder, 'kits.zip'));
  await dialog.getByText('3 kits are saved in kits-North.zip.').waitFor();
  expect(await axeViolations(anna)).toEqual([]);
  const list = await savedBy(page, () => dialog.getByRole('button', { name: 'Save the PINs (CSV)' }).click());
  expect(list.suggestedFilename()).toBe('kits-North-pins.csv');
  const rows = (await readFile(await list.path(), 'utf8')).trim().split('\r\n').slice(1);
  await execute('7zz', ['x', join(folder, 'kits.zip'), `-o${join(folder, 'kits')}`]);
  expect(await readdir(join(folder, 'kits'))).toHaveLength(3);
  for (const row of rows) {
    const [name = '', file = '', pin = ''] = row.split(',');
    await execute('7zz', ['t', `-p${pin}`, join(folder, 'kits', file)]);
    expect(['anna@north.org', 'north-1', 'north-2']).toContain(name);
  }
  expect(rows).toHaveLength(3);
  await dialog.getByRole('button', { name: 'Show the PINs' }).click();
  await dialog.getByText(rows[0]?.split(',')[2] ?? 'no PIN', { exact: true }).waitFor();
});

test('counts and records each kit like a single one', async () => {
  const { audit: entries } = Entries.parse(await study.admin('GET', '/audit?action=kit.download'));
  const own = entries.filter(({ actor }) => actor === 'anna@north.org');
  expect(own).toHaveLength(3);
  expect(await study.admin('GET', '/clients?q=north-2')).toMatchObject({
    client_list: [{ download_count: 1 }],
  });
});

test('offers nothing again that was downloaded, unless asked for', async () => {
  const dialog = await openDialog(anna.page);
  await dialog.getByText('All of these kits were downloaded before.').waitFor();
  await dialog.getByLabel('Only kits that were not downloaded yet').uncheck();
  expect(await dialog.getByRole('listitem').count()).toBe(3);
});

test('is offered to organization admins alone', async () => {
  await study.signUp({ email: 'max@north.org', organization: 'North', role: 'member' });
  await study.approveAll();
  const { page, context } = await visit(browser, dashboard.url);
  await logIn(page, 'max@north.org', PASSWORD);
  await page.goto('/downloads');
  await page.getByRole('button', { name: /Download the kit of/ }).waitFor();
  expect(await page.getByRole('button', { name: 'Download all my kits' }).count()).toBe(0);
  await context.close();
});
