import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { isInstalled, PROXIES, startProxy, type Proxy } from '../support/proxy.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy } from './study.ts';
import { launch, logIn, openPage } from './visitor.ts';

const KEPT = '/hospital/flare';
const { nginx } = PROXIES;
if (nginx === undefined) {
  throw new Error('no nginx');
}
const suite = isInstalled(nginx.program) ? describe : describe.skip;

suite('behind a proxy that ends TLS', () => {
  let dashboard: Dashboard;
  let proxies: { readonly cut: Proxy; readonly kept: Proxy };
  let browser: Browser;
  beforeAll(async () => {
    dashboard = await startDashboard({
      NVFL_TRUSTED_PROXIES: '127.0.0.1',
      NVFL_PUBLIC_URL: `https://localhost${KEPT}/`,
    });
    await prepareStudy(dashboard.url);
    const backend = new URL(dashboard.url).host;
    proxies = {
      cut: await startProxy(nginx, { backend }),
      kept: await startProxy(nginx, { backend, keptPath: KEPT }),
    };
    browser = await launch();
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await proxies.cut.stop();
    await proxies.kept.stop();
    await dashboard.stop();
  });
  it.each([
    ['/nvflare-dashboard', 'cut'],
    ['/federation', 'cut'],
    [KEPT, 'kept'],
  ] as const)('works below %s alone', async (prefix, which) => {
    const { url } = proxies[which];
    const context = await browser.newContext({
      baseURL: `${url}${prefix}/`,
      ignoreHTTPSErrors: true,
      locale: 'en-GB',
    });
    const page = await openPage(context);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await logIn(page, ADMIN.email, NEW_PASSWORD);
    await page.getByRole('navigation').getByRole('link', { name: 'Project' }).click();
    await page.waitForURL(`${url}${prefix}/project`);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Project' }).waitFor();
    await page.goto(`${url}${prefix}//users`);
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    const cookies = await context.cookies();
    expect(cookies.map(({ path, secure }) => [path, secure])).toEqual([
      [prefix, true],
      [prefix, true],
    ]);
    expect(asked.filter((path) => !path.startsWith(`${prefix}/`))).toEqual([]);
    await context.close();
  });
});
