import type { ReactNode } from 'react';
import { importPart } from './lazy-part.ts';
import { sharedValue } from './shared-value.ts';

interface Toast {
  readonly id?: string;
  readonly message: ReactNode;
  readonly title?: string;
  readonly closeLabel: string;
  /** Stays until it is closed. */
  readonly lasting?: boolean;
}

/** Whether there has been a message to draw. */
export const toasterWanted = sharedValue(false);

const withToasts = (act: (toasts: typeof import('./toaster.tsx').toasts) => unknown): void => {
  toasterWanted.set(true);
  void importPart(() => import('./toaster.tsx')).then(({ toasts }) => act(toasts));
};

/** Tells in a corner of the page that something was done; returns its id. */
export const toastDone = ({ id, message, title, closeLabel, lasting = false }: Toast): string => {
  const shown = id ?? crypto.getRandomValues(new Uint32Array(2)).join('-');
  withToasts((toasts) =>
    toasts.show({
      id: shown,
      ...(lasting ? { autoClose: false } : {}),
      message,
      title,
      color: 'pine',
      role: 'status',
      closeButtonProps: { 'aria-label': closeLabel },
    }),
  );
  return shown;
};

/** Tells in a corner of the page that something failed; stays until closed. */
export const toastFailed = ({ message, title, closeLabel }: Toast): void => {
  withToasts((toasts) =>
    toasts.show({
      message,
      title,
      color: 'red',
      autoClose: false,
      role: 'alert',
      closeButtonProps: { 'aria-label': closeLabel },
    }),
  );
};

export const dismissToast = (id: string): void => {
  withToasts((toasts) => toasts.hide(id));
};
