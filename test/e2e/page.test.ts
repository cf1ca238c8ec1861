import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ADMIN } from '../browser/dashboard.ts';
import { downloadKit } from '../browser/kits.ts';
import { PASSWORD, prepareStudy } from '../browser/study.ts';
import { launch, logIn, visit } from '../browser/visitor.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const OWNER = 'anna@north.org';

describeWithEngine('the page out of the container', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    const port = String(await freePort());
    const credential = `${ADMIN.email}:${ADMIN.password}:Coordination`;
    const settings = ['-i', image, '-p', port, '-f', folder.path, '--name', name, '--cred', credential];
    const started = await dashboard(['start', ...settings], { cwd: folder.path });
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    url = `http://127.0.0.1:${port}`;
    browser = await launch();
  }, 2 * MINUTES);
  afterAll(async () => {
    await browser.close();
    docker('rm', '-f', name);
    folder.remove();
  });

  test(
    'lets an org admin download a kit that opens with the PIN, under its policy and asking no other host',
    async () => {
      const study = await prepareStudy(url);
      await study.signUp({ email: OWNER, organization: 'North', role: 'org_admin', sites: ['north-1'] });
      await study.approveAll();
      await study.freeze();
      const { page, complaints, hosts } = await visit(browser, url);
      await logIn(page, OWNER, PASSWORD);
      await page.goto('/downloads');
      expect(await downloadKit(page, /Download the kit of north-1/)).toContain('startup');
      expect(complaints).toEqual([]);
      expect([...hosts]).toEqual([new URL(url).host]);
    },
    2 * MINUTES,
  );
});
