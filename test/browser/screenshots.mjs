// `npm run screenshots`: the pages in three widths and both colour schemes, as PNG files in reports/screenshots, three of them in docs/images.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBuilt, ensureInstalled, root } from '../../bin/prepare.js';
import { fillStudy, logInOnPage, startBackend } from './sample-study.mjs';

const FOLDER = join(root, 'reports', 'screenshots');
/** Shown in the documentation, at the widest size. */
const IN_DOCS = ['log-in', 'users', 'downloads'];
const SIZES = [
  [1440, 900],
  [768, 1024],
  [360, 740],
];

const picturesAsItStands = async (page, name) => {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: join(FOLDER, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  if (IN_DOCS.includes(name)) {
    const [[width]] = SIZES;
    copyFileSync(join(FOLDER, `${name}-${width}-light.png`), join(root, 'docs', 'images', `${name}.png`));
  }
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  console.log(`${name}${wide ? ': scrolls sideways at 360 pixels' : ''}`);
};

const charts = async (page, name, path) => {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction("!document.querySelector('[aria-busy=true]')");
  await picturesAsItStands(page, name);
};

ensureInstalled();
ensureBuilt();
mkdirSync(FOLDER, { recursive: true });
const backend = await startBackend();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const study = await fillStudy(backend.url);
  const context = await browser.newContext({ baseURL: backend.url, locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await charts(page, 'log-in', '/');
  await charts(page, 'sign-up', '/sign-up');
  await page.setViewportSize({ width: 1440, height: 900 });
  await logInOnPage(page, study.email);
  await charts(page, 'home', '/');
  for (const name of ['me', 'inbox', 'users', 'sites', 'project', 'server', 'freeze', 'audit']) {
    await charts(page, name, `/${name}`);
  }
  await study.freeze();
  await charts(page, 'frozen', '/freeze');
  await charts(page, 'downloads', '/downloads');
  await page
    .getByRole('button', { name: /^Download the kit/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Prepare the kit' }).click();
  await page.locator('[data-pin]').waitFor();
  await picturesAsItStands(page, 'kit');
  await charts(page, 'certificates', '/certificates');
  for (const who of ['waiting', 'approved']) {
    const other = await (await browser.newContext({ baseURL: backend.url, locale: 'de-DE' })).newPage();
    await logInOnPage(other, study[who]);
    for (const name of ['', 'me', 'downloads']) {
      await charts(other, `${who}-${name || 'home'}`, `/${name}`);
    }
  }
} finally {
  await browser.close();
  await backend.stop();
}
