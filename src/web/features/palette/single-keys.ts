const KEY = 'dashboard-single-keys';

/** Whether shortcuts of one letter act (WCAG 2.1.4: they can be switched off). */
export const singleKeys = {
  on: (): boolean => localStorage.getItem(KEY) !== 'off',
  set: (on: boolean): void => {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  },
} as const;
