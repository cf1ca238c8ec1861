// `npm run screenshots`: the pages in four widths, both color schemes, English and German, as PNG files in reports/screenshots, three of them in docs/images.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBuilt, ensureInstalled, root } from '../../bin/prepare.js';
import { fillStudy, logInOnPage, startBackend } from './sample-study.mjs';
import { CHROMIUM } from '../prepare/chromium.js';

const FOLDER = join(root, 'reports', 'screenshots');
/** Shown in the documentation, at the widest size. */
const IN_DOCS = ['log-in', 'users', 'downloads'];
const SIZES = [
  [1440, 900],
  [1920, 1080],
  [1280, 800],
  [390, 844],
];

const PAGES = [
  '',
  'me',
  'inbox',
  'users',
  'sites',
  'organizations',
  'project',
  'server',
  'freeze',
  'audit',
  'messages',
  'help',
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
  console.log(`${name}${wide ? ': scrolls sideways at 390 pixels' : ''}`);
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
  executablePath: process.env.CHROMIUM ?? CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const study = await fillStudy(backend.url);
  const visit = async (locale) => {
    const context = await browser.newContext({ baseURL: backend.url, locale, bypassCSP: true });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return page;
  };
  const english = await visit('en-GB');
  const german = await visit('de-DE');
  for (const [page, prefix, language] of [
    [english, '', 'en'],
    [german, 'de-', 'de'],
  ]) {
    await charts(page, `${prefix}log-in`, '/');
    await charts(page, `${prefix}sign-up`, '/sign-up');
    await page.setViewportSize({ width: 1440, height: 900 });
    await study.speak(language);
    await logInOnPage(page, study.email);
    for (const name of PAGES) {
      await charts(page, `${prefix}${name || 'home'}`, `/${name}`);
    }
  }
  await study.freeze();
  for (const [page, prefix, language, download, prepare] of [
    [english, '', 'en', /^Download the kit/, 'Prepare the kit'],
    [german, 'de-', 'de', /^Kit .*herunterladen/, 'Kit vorbereiten'],
  ]) {
    await study.speak(language);
    await charts(page, `${prefix}frozen`, '/freeze');
    await charts(page, `${prefix}downloads`, '/downloads');
    await page.getByRole('button', { name: download }).first().click();
    await page.getByRole('button', { name: prepare }).click();
    await page.locator('[data-pin]').waitFor();
    await picturesAsItStands(page, `${prefix}kit`);
    await charts(page, `${prefix}certificates`, '/certificates');
  }
  for (const who of ['waiting', 'approved']) {
    const other = await visit('de-DE');
    await logInOnPage(other, study[who]);
    for (const name of ['', 'me', 'downloads']) {
      await charts(other, `${who}-${name || 'home'}`, `/${name}`);
    }
  }
} finally {
  await browser.close();
  await backend.stop();
}
