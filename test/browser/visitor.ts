import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { z } from 'zod';
import { CHROMIUM } from '../prepare/chromium.js';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param further switches of Chromium */
export const launch = (further: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS, ...further] });

/** A person at a browser, with everything the page complained of. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, faults of scripts, refusals by the content security policy. */
  readonly complaints: string[];
  /** Hosts that the page asked for anything. */
  readonly hosts: Set<string>;
}

interface Manners {
  readonly language?: 'en' | 'de';
  readonly scheme?: 'light' | 'dark';
}

/**
 * What the browser logs although the page did nothing wrong: a refused call (4xx), which the page explains, and a
 * request cut because the host got another network interface, as with every container that starts; the page asks again.
 */
const LOGGED_BY_BROWSER =
  /^Failed to load resource: (the server responded with a status of 4|net::ERR_NETWORK_CHANGED)/;

/** How many times slower than this machine the page's processor is; `TEST_CPU_THROTTLE=8` shows races of slow ones. */
const CPU_THROTTLE = Number(process.env['TEST_CPU_THROTTLE'] ?? '1');

const DEFAULT_TIMEOUT_MS = 45_000;
const ATTEMPTS = 5;

const slowDown = async (page: Page): Promise<void> => {
  if (CPU_THROTTLE > 1) {
    const debug = await page.context().newCDPSession(page);
    await debug.send('Emulation.setCPUThrottlingRate', { rate: CPU_THROTTLE });
  }
};

const NETWORK_CHANGED = /net::ERR_NETWORK_CHANGED/;

/** Lets the page go to its address again where a container that started beside it cut the request. */
const persist = (page: Page): void => {
  const go = page.goto.bind(page);
  page.goto = async (...to) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await go(...to);
      } catch (error) {
        if (attempt === ATTEMPTS || !NETWORK_CHANGED.test(String(error))) {
          throw error;
        }
      }
    }
  };
};

/** Opens a page of a profile, as slow as `TEST_CPU_THROTTLE` says. */
export const openPage = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage();
  persist(page);
  page.setDefaultTimeout(DEFAULT_TIMEOUT_MS);
  await slowDown(page);
  return page;
};

/** Opens an empty profile. */
export const visit = async (browser: Browser, url: string, manners: Manners = {}): Promise<Visitor> => {
  const context = await browser.newContext({
    baseURL: url,
    locale: manners.language === 'de' ? 'de-DE' : 'en-GB',
    colorScheme: manners.scheme ?? 'light',
    acceptDownloads: true,
  });
  // Chromium logs no refusal that the code caught.
  await context.addInitScript({
    content: `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error('Refused by', violatedDirective, blockedURI);
    });`,
  });
  const page = await openPage(context);
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on('console', (message) => {
    if (message.type() === 'error' && !LOGGED_BY_BROWSER.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => {
    complaints.push(error.message);
  });
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  return { page, context, complaints, hosts };
};

export const logIn = async (page: Page, email: string, password: string): Promise<void> => {
  await page.goto('./');
  await page.getByLabel(/^E-mail|^E-Mail/).fill(email);
  await page
    .getByLabel(/^Password|^Passwort/)
    .and(page.locator('input'))
    .fill(password);
  await page.locator('form button[type=submit]').click();
  await page.getByRole('button', { name: /Log out|Abmelden|Se déconnecter|Cerrar sesión|Esci/ }).waitFor();
};

/** Waits for the log-in form: a page that is left too early cuts the request, and the session stays. */
export const logOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByText('You are logged out.').waitFor();
  await page.getByLabel('E-mail').waitFor();
};

/** Half a second without anything on the page that is still loading; the stream of events never ends. */
const CALM = `new Promise((resolve) => {
  let calm = 0;
  const look = () => {
    calm = document.querySelector('[aria-busy=true]') ? 0 : calm + 1;
    if (calm > 30) resolve(true);
    else requestAnimationFrame(look);
  };
  look();
})`;

/** Resolves when the page has loaded what it shows. */
export const settled = async (page: Page): Promise<void> => {
  await page.waitForFunction(CALM);
};

const AxeResult = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

const WCAG = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
/** The rules that depend on colors: all that a second color scheme can break. */
const COLORS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/**
 * Returns what axe finds on the page as it stands; its source comes in by the debugger, which no policy forbids.
 *
 * @param rules `colors` where all others have been tried on the same page
 */
export const axeViolations = async (
  { page, context }: Visitor,
  rules: 'all' | 'colors' = 'all',
): Promise<readonly string[]> => {
  const debug = await context.newCDPSession(page);
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await debug.send('Runtime.evaluate', { expression: source });
  const runOnly = rules === 'all' ? WCAG : COLORS;
  const { result } = await debug.send('Runtime.evaluate', {
    expression: `axe.run({ runOnly: ${JSON.stringify(runOnly)} }).then((found) => JSON.stringify({ violations: found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })) }))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await debug.detach();
  const { violations } = AxeResult.parse(JSON.parse(z.string().parse(result.value)));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
};
