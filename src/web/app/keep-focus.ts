import { useEffect } from 'react';

const AREA = '[role="dialog"], [role="group"][tabindex], main';

/** The nearest surroundings of what was focused that are still on the page and may take the focus. */
const refuge = (surroundings: readonly Element[]): HTMLElement | null => {
  const left = surroundings.find((element) => element.isConnected && element.matches(AREA));
  return left instanceof HTMLElement ? left : document.querySelector<HTMLElement>('main');
};

const surroundingsOf = (element: Element): readonly Element[] => {
  const found: Element[] = [];
  for (let at = element.parentElement; at; at = at.parentElement) {
    found.push(at);
  }
  return found;
};

const isNothingFocused = (): boolean =>
  document.activeElement === document.body || document.activeElement === null;

const focusFirstWrong = ({ target }: Event): void => {
  if (!(target instanceof HTMLFormElement)) {
    return;
  }
  setTimeout(() => {
    target.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
};

/**
 * Keeps the keyboard's place: when what has the focus vanishes from the page, the area around it takes the focus
 * instead of nothing at all, which would send the keyboard back to the top; a button that was disabled for a while gets
 * it back; a form that is sent with errors puts it
 * into the first wrong field.
 */
export const useKeptFocus = (): void => {
  useEffect(() => {
    let last: Element | undefined;
    let surroundings: readonly Element[] = [];
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) {
        return;
      }
      last = target;
      surroundings = surroundingsOf(target);
    };
    const check = () => {
      if (!last || last.isConnected || !isNothingFocused()) {
        return;
      }
      last = undefined;
      refuge(surroundings)?.focus({ preventScroll: true });
    };
    // A button that is disabled while it works loses the focus, and gets it back when it can be pressed again.
    const giveBack = ({ target }: MutationRecord) => {
      if (target === last && target instanceof HTMLButtonElement && !target.disabled && isNothingFocused()) {
        target.focus({ preventScroll: true });
      }
    };
    const observer = new MutationObserver((records) => {
      records.filter(({ type }) => type === 'attributes').forEach(giveBack);
      setTimeout(check);
    });
    document.addEventListener('focusin', remember);
    document.addEventListener('submit', focusFirstWrong);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['disabled'],
    });
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('submit', focusFirstWrong);
      observer.disconnect();
    };
  }, []);
};
