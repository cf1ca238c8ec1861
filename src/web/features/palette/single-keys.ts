import { keyboardDialog } from './palette-state.ts';

const KEY = 'dashboard-single-keys';

/** Whether shortcuts of one letter act (WCAG 2.1.4: they can be switched off). */
export const singleKeys = {
  on: (): boolean => localStorage.getItem(KEY) !== 'off',
  /** Whether they act now: not while a dialog that takes what is typed is open or on its way. */
  act: (): boolean => singleKeys.on() && keyboardDialog.get() === 'none',
  set: (on: boolean): void => {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  },
} as const;
