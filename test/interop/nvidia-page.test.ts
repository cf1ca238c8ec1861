import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startDashboard, type Dashboard } from '../browser/dashboard.ts';
import { launch, visit, type Visitor } from '../browser/visitor.ts';
import { prepareNvflare } from '../prepare/nvflare.js';
import { until } from '../support/until.ts';
import { serveNvidiaPage, type NvidiaPage } from './nvidia-page.ts';

const RELEASE = '2.9';
const MINUTE = 60_000;
const ADMIN = { email: 'admin@example.org', password: 'first-Lantern-4711', next: 'second-Lantern-4711' };
const OLGA = { email: 'olga@example.org', password: 'Amber-Lantern-37', next: 'Violet-Harbour-19' };

const { environments, reason } = await prepareNvflare([RELEASE]);

test("has NVIDIA's page at hand", () => {
  expect(reason).toBeUndefined();
});

describe.each(environments[RELEASE] === undefined ? [] : [environments[RELEASE]])(
  "NVIDIA's own page of 2.9 on this dashboard",
  (venv) => {
    const folder = mkdtempSync(join(tmpdir(), 'interop-page-'));
    let dashboard: Dashboard;
    let nvidia: NvidiaPage;
    let browser: Browser;
    let visitor: Visitor;
    let page: Page;

    beforeAll(async () => {
      dashboard = await startDashboard({
        NVFL_CREDENTIAL: `${ADMIN.email}:${ADMIN.password}:nvidia`,
      });
      nvidia = await serveNvidiaPage(venv, dashboard.url);
      browser = await launch();
      visitor = await visit(browser, nvidia.url);
      page = visitor.page;
    }, 5 * MINUTE);

    afterAll(async () => {
      await browser.close();
      nvidia.close();
      await dashboard.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const open = async (name: string): Promise<void> => {
      await page.getByRole('link', { name, exact: true }).click();
    };
    const press = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).click();
    };
    const fill = async (fields: Readonly<Record<string, string>>): Promise<void> => {
      for (const [name, text] of Object.entries(fields)) {
        await page.locator(`[name=${name}]`).fill(text);
      }
    };
    const logIn = async (email: string, password: string): Promise<void> => {
      await page.goto(nvidia.url);
      await fill({ username: email, password });
      await press('Sign In');
    };
    const logOut = async (): Promise<void> => {
      await open('Logout');
      await page.getByRole('button', { name: 'Sign In' }).waitFor();
    };
    const changePassword = async (password: string): Promise<void> => {
      await open('My Info');
      await press('Edit My Profile');
      await fill({ password, confirm_password: password });
      await press('Save');
      await page.locator('[name=confirm_password]').waitFor({ state: 'hidden' });
    };
    const heading = (name: string) => page.getByRole('heading', { name, exact: true });

    /** Presses a button that downloads a kit, and lists the kit with the PIN that the page shows. */
    const downloadKit = async (button: string): Promise<string> => {
      const [download] = await Promise.all([page.waitForEvent('download'), press(button)]);
      const file = join(folder, download.suggestedFilename());
      await download.saveAs(file);
      const shown = await page.getByText(/^The secure PIN is: /).textContent();
      await press('Okay');
      const pin = /: (\S+)$/.exec(shown ?? '')?.[1] ?? '';
      return execFileSync('unzip', ['-P', pin, '-p', file, 'startup/rootCA.pem'], { encoding: 'utf8' });
    };

    /** Chooses an action for the row of a table that names this. */
    const decide = async (row: string, action: string): Promise<void> => {
      await page.getByRole('row', { name: row }).getByRole('checkbox').check({ force: true });
      await press('Bulk Actions');
      await page.getByText(action, { exact: true }).click();
      await press('Apply');
    };

    test(
      'says that a password is wrong, then logs the admin in',
      async () => {
        await logIn(ADMIN.email, 'wrong');
        await page.getByText(/Login attempt failed/).waitFor();
        await logIn(ADMIN.email, ADMIN.password);
        await heading('Project Configuration:').waitFor();
        expect(nvidia.refused.splice(0)).toEqual(['POST /nvflare-dashboard/api/v1/login: 401']);
      },
      5 * MINUTE,
    );

    test(
      'sets the project up, its dates as they were picked',
      async () => {
        await fill({
          short_name: 'walk',
          title: 'A walk',
          description: 'Across the page',
          app_location: 'docker pull example/image:1',
        });
        for (const day of [/ 16th, /, / 17th, /]) {
          await page.getByRole('button', { name: 'MM-DD-YYYY' }).first().click();
          await page.getByRole('button', { name: day }).click();
        }
        await press('Make Project Public');
        await page.getByRole('button', { name: 'Project is Public' }).waitFor();
        await press('Save');
        await open('Server Configuration');
        await fill({ server1: 'fl.example.org' });
        await press('Save');
        await open('Project Home');
        await heading('A walk').waitFor();
        await page.getByText(/^Planned start date: \w{3} \w{3} 16 \d{4}$/).waitFor();
        await page.getByText(/^Planned end date: \w{3} \w{3} 17 \d{4}$/).waitFor();
        expect(nvidia.refused).toEqual([]);
      },
      5 * MINUTE,
    );

    test(
      "keeps working after the admin's password was changed",
      async () => {
        await changePassword(ADMIN.next);
        await open('Users Dashboard');
        await page.getByRole('cell', { name: ADMIN.email }).waitFor();
        await open('Project Home');
        await press('Freeze Project');
        // The page shows it as frozen before the answer is there.
        const frozen = page.waitForResponse((response) => response.request().method() === 'PATCH');
        await press('Freeze');
        expect((await frozen).status()).toBe(200);
        await page.getByText('This project has been frozen.').waitFor();
        expect(nvidia.refused).toEqual([]);
      },
      5 * MINUTE,
    );

    test(
      "downloads the server's kit and the console with the PINs that it shows",
      async () => {
        await open('Downloads');
        expect(await downloadKit('Download Server Startup Kit')).toContain('BEGIN CERTIFICATE');
        expect(await downloadKit('Download FLARE Console')).toContain('BEGIN CERTIFICATE');
        await logOut();
        expect(nvidia.refused).toEqual([]);
      },
      5 * MINUTE,
    );

    test(
      'registers a person, a role and a site with its capacity',
      async () => {
        await press('Sign Up');
        await fill({
          email: OLGA.email,
          name: 'Olga Org',
          password: OLGA.password,
          confirm_password: OLGA.password,
        });
        // The page logs the person in beside the form that it shows next.
        const loggedIn = page.waitForResponse((response) => response.url().endsWith('/login'));
        await press('Register');
        await loggedIn;
        await fill({ org: 'Clinic' });
        await page.getByText('Member', { exact: true }).click();
        await page.getByText('Org Admin', { exact: true }).click();
        await press('Save');
        await press('Add Site');
        await page.getByPlaceholder('site name').fill('clinic-1');
        await page.keyboard.press('Tab');
        await page.getByRole('cell', { name: 'clinic-1' }).waitFor();
        // The page may draw the row again while the cell is being edited.
        await until(async () => {
          const options = { timeout: 5000 };
          const cell = page.locator('.inlineedit').getByText('4', { exact: true });
          await cell.click(options).catch(() => undefined);
          return page
            .getByTitle('num_of_gpus')
            .fill('2', options)
            .then(
              () => true,
              () => false,
            );
        });
        await page.keyboard.press('Tab');
        await page.getByRole('cell', { name: '2', exact: true }).waitFor();
        await press('Next');
        await press('Go to my dashboard');
        await page.getByText(/awaiting approval/).waitFor();
        await page.getByRole('row', { name: /clinic-1 2 16 Pending/ }).waitFor();
        await logOut();
        expect(nvidia.refused).toEqual([]);
      },
      5 * MINUTE,
    );

    test(
      'says that an address is taken',
      async () => {
        const said = new Promise<string>((done) => {
          page.once('dialog', (dialog) => {
            done(dialog.message());
            void dialog.accept();
          });
        });
        await press('Sign Up');
        await fill({
          email: OLGA.email,
          name: 'Another',
          password: OLGA.password,
          confirm_password: OLGA.password,
        });
        await press('Register');
        expect(await said).toContain('may already be in the system');
        expect(nvidia.refused.splice(0)).toEqual(['POST /nvflare-dashboard/api/v1/users: 409']);
      },
      5 * MINUTE,
    );

    test(
      'approves the person and the site, and shows what was approved',
      async () => {
        await logIn(ADMIN.email, ADMIN.next);
        await decide('Olga Org', 'Approve User');
        await page.getByRole('row', { name: /Olga Org .* Approved/ }).waitFor();
        await open('Client Sites');
        await decide('clinic-1', 'Approve Client');
        await page.getByRole('row', { name: /clinic-1 .* Approved/ }).waitFor();
        await open('Project Home');
        await page.getByRole('row', { name: /clinic-1 NUM GPUS: 2; MEM\/GPU: 16 Clinic/ }).waitFor();
        await logOut();
        expect(nvidia.refused).toEqual([]);
      },
      5 * MINUTE,
    );

    test(
      'lets the person change the password and download after that',
      async () => {
        await logIn(OLGA.email, OLGA.password);
        await heading('User Dashboard').waitFor();
        await changePassword(OLGA.next);
        await open('Downloads');
        expect(await downloadKit('Download FLARE Console')).toContain('BEGIN CERTIFICATE');
        await logOut();
        await logIn(OLGA.email, OLGA.next);
        await heading('User Dashboard').waitFor();
        expect(nvidia.refused).toEqual([]);
      },
      5 * MINUTE,
    );

    test(
      "downloads the site's kit, counts it, and deletes a site",
      async () => {
        await open('Downloads');
        expect(await downloadKit('Download Startup Kit')).toContain('BEGIN CERTIFICATE');
        await open('My Info');
        await press('Add Site');
        await page.getByPlaceholder('site name').fill('clinic-2');
        await page.keyboard.press('Tab');
        const second = page.getByRole('row', { name: /clinic-2/ });
        await second.getByRole('button').click();
        await second.waitFor({ state: 'detached' });
        await logOut();
        expect(nvidia.refused).toEqual([]);
        expect(visitor.complaints).toEqual([]);
      },
      5 * MINUTE,
    );
  },
);
