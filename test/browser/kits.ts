import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';

const execute = promisify(execFile);
/** Keys take long where other tests run beside. */
const MAX_FOR_A_KIT = 60_000;

/** Returns what the browser saved, opened by 7-Zip with the PIN that the page shows; gives the folder's entries. */
export const openSavedKit = async (
  page: Page,
  prepare: () => Promise<void>,
  showPin = () => page.getByRole('button', { name: 'Show', exact: true }).click(),
): Promise<readonly string[]> => {
  const saving = page.waitForEvent('download', { timeout: MAX_FOR_A_KIT });
  await prepare();
  const folder = await mkdtemp(join(tmpdir(), 'kit-'));
  try {
    const zip = join(folder, 'kit.zip');
    await (await saving).saveAs(zip);
    await showPin();
    const pin = (await page.locator('[data-pin]').getAttribute('data-pin')) ?? '';
    await execute('7zz', ['x', `-p${pin}`, zip, `-o${join(folder, 'kit')}`]);
    return await readdir(join(folder, 'kit'));
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Downloads the kit of that name on the page of downloads and closes the dialog. */
export const downloadKit = async (page: Page, name: RegExp): Promise<readonly string[]> => {
  await page.getByRole('button', { name }).click();
  const entries = await openSavedKit(page, () =>
    page.getByRole('button', { name: 'Prepare the kit' }).click(),
  );
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return entries;
};
