import type { ReactNode } from 'react';
import { importPart } from './lazy-part.ts';

interface Toast {
  readonly id?: string;
  readonly message: ReactNode;
  readonly title?: string;
  readonly closeLabel: string;
  /** Stays until it is closed. */
  readonly lasting?: boolean;
}

let wanted = false;
const listeners = new Set<() => void>();

/** Whether there has been a message to draw, as React's external store. */
export const toasterWanted = {
  get: (): boolean => wanted,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
} as const;

const withToasts = (act: (toasts: typeof import('./toaster.tsx').toasts) => unknown): void => {
  wanted = true;
  for (const listener of listeners) {
    listener();
  }
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
