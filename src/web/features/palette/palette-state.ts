/** Which of the two keyboard dialogs is open. */
export type KeyboardDialog = 'none' | 'palette' | 'shortcuts';

let shown: KeyboardDialog = 'none';
const listeners = new Set<() => void>();

const show = (dialog: KeyboardDialog): void => {
  shown = dialog;
  for (const listener of listeners) {
    listener();
  }
};

export const openPalette = (): void => {
  show('palette');
};

export const openShortcuts = (): void => {
  show('shortcuts');
};

export const closeKeyboardDialog = (): void => {
  show('none');
};

/** The open dialog, as React's external store. */
export const keyboardDialog = {
  get: (): KeyboardDialog => shown,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
} as const;
