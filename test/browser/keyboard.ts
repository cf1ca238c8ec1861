import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';

/** Twice around a page. */
const MAX_STEPS = 120;

const Focus = z.object({ tag: z.string(), visible: z.boolean(), onScreen: z.boolean() });

/** The focused element; `visible` when it, its mark or its label is outlined. */
const FOCUS = `(() => {
  const at = document.activeElement ?? document.body;
  const places = [at, at.nextElementSibling, at.parentElement, at.closest('label')].filter(Boolean);
  const outlined = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const { bottom, top } = at.getBoundingClientRect();
  return {
    tag: at === document.body ? 'nothing' : at.outerHTML.slice(0, 160),
    visible: places.some(outlined),
    onScreen: bottom > 0 && top < innerHeight,
  };
})()`;

/** Returns the element with the focus. */
const focusOf = async (page: Page): Promise<z.infer<typeof Focus>> => Focus.parse(await page.evaluate(FOCUS));

const focused = (target: Locator): Locator => target.and(target.page().locator(':focus'));

/**
 * Presses Tab until the target has the focus, as somebody without a mouse has to.
 *
 * @throws Error when the focus is lost, cannot be seen, or never comes to the target
 */
export const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await target.waitFor();
  const way: string[] = [];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if ((await focused(target).count()) > 0) {
      return;
    }
    await page.keyboard.press('Tab');
    const { tag, visible, onScreen } = await focusOf(page);
    way.push(tag);
    // The browser's own bar takes the focus between the last and the first element of a page; the whole of the
    // content takes it, unmarked, when what had it is gone.
    if (tag === 'nothing' || tag.startsWith('<main')) {
      continue;
    }
    if (!visible || !onScreen) {
      throw new Error(`the focus cannot be seen on ${tag}`);
    }
  }
  throw new Error(`the focus never came to the target:\n${way.join('\n')}`);
};

/** Tabs to the field and types. */
export const typeInto = async (page: Page, field: Locator, text: string): Promise<void> => {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
};

/** Tabs to the button or link and presses it by keyboard. */
export const press = async (page: Page, target: Locator): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
};

/** Resolves when the target has the focus by itself. */
export const waitForFocus = (target: Locator): Promise<void> => focused(target).waitFor();
