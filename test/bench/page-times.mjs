/* global addEventListener, document, MutationObserver, performance, requestAnimationFrame -- of the page */

/** Milliseconds from the start of the visit until the first rows are painted, nothing cached. */
export const firstRows = async (browser, url, storageState, path) => {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', storageState });
  const page = await context.newPage();
  await page.goto(path, { waitUntil: 'commit' });
  const painted = await page.waitForFunction(
    () => document.querySelectorAll('tbody tr, [data-request]').length > 0 && performance.now(),
  );
  const time = await painted.jsonValue();
  await context.close();
  return time;
};

/** Milliseconds from each key until every row of the filtered table has been painted. */
export const filterTimes = async (page, needle) => {
  const field = page.locator('[data-table-filter]');
  await field.waitFor();
  await field.fill('');
  await page.evaluate(() => {
    globalThis.filtered = [];
    globalThis.typed = '';
    addEventListener(
      'keydown',
      ({ key }) => {
        const start = performance.now();
        globalThis.typed += key;
        const look = () => {
          const { value } = document.querySelector('[data-table-filter]');
          const rows = [...document.querySelectorAll('tbody tr')];
          const fits = rows.length > 0 && rows.every((row) => row.textContent.includes(value));
          if (value === globalThis.typed && fits) {
            setTimeout(() => globalThis.filtered.push(performance.now() - start));
          } else {
            requestAnimationFrame(look);
          }
        };
        requestAnimationFrame(look);
      },
      { capture: true },
    );
  });
  const times = [];
  for (const key of needle) {
    await field.press(key);
    const done = times.length + 1;
    await page.waitForFunction((count) => globalThis.filtered.length === count, done);
    times.push(await page.evaluate(() => globalThis.filtered.at(-1)));
  }
  return times;
};

/** Milliseconds from each click on Approve until the message of it stands on the page. */
export const decisionTimes = async (page, count) => {
  const button = page
    .locator('[data-request]')
    .getByRole('button', { name: /^Approve/ })
    .first();
  await button.waitFor();
  await page.evaluate(() => {
    globalThis.decided = [];
    let clicked = 0;
    addEventListener('click', () => (clicked = performance.now()), { capture: true });
    const messages = () => document.querySelectorAll('.mantine-Notification-root').length;
    let shown = messages();
    new MutationObserver(() => {
      const now = messages();
      if (now > shown) {
        setTimeout(() => globalThis.decided.push(performance.now() - clicked));
      }
      shown = now;
    }).observe(document.body, { childList: true, subtree: true });
  });
  for (let done = 1; done <= count; done += 1) {
    await button.click();
    await page.waitForFunction((wanted) => globalThis.decided.length >= wanted, done);
    await page.locator('.mantine-Notification-closeButton').first().click();
    await page.locator('.mantine-Notification-root').waitFor({ state: 'detached' });
  }
  return page.evaluate(() => globalThis.decided);
};

/** Milliseconds from each key j until the next request has the focus. */
export const stepTimes = async (page, count) => {
  await page.evaluate(() => {
    globalThis.stepped = [];
    let pressed = 0;
    addEventListener('keydown', () => (pressed = performance.now()), { capture: true });
    addEventListener('focusin', () => setTimeout(() => globalThis.stepped.push(performance.now() - pressed)));
  });
  for (let done = 1; done <= count; done += 1) {
    await page.keyboard.press('j');
    await page.waitForFunction((wanted) => globalThis.stepped.length >= wanted, done);
  }
  return page.evaluate(() => globalThis.stepped);
};
