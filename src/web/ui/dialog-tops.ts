import { sharedValue } from './shared-value.ts';

/** Where a note that concerns the whole page is drawn in each open dialog, the uppermost last: the page below is out of reach. */
export const dialogTops = sharedValue<readonly HTMLElement[]>([]);

/** Notes the element for as long as it is drawn. */
export const enterDialogTop = (top: HTMLElement | null): (() => void) | undefined => {
  if (top === null) {
    return undefined;
  }
  dialogTops.set([...dialogTops.get(), top]);
  return () => {
    dialogTops.set(dialogTops.get().filter((other) => other !== top));
  };
};
