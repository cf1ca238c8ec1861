import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

interface Toast {
  readonly id?: string;
  readonly message: ReactNode;
  readonly title?: string;
  readonly closeLabel: string;
  /** Stays until it is closed. */
  readonly lasting?: boolean;
}

/** Tells in a corner of the page that something was done; returns its id. */
export const toastDone = ({ id, message, title, closeLabel, lasting = false }: Toast): string =>
  notifications.show({
    ...(id === undefined ? {} : { id }),
    ...(lasting ? { autoClose: false } : {}),
    message,
    title,
    color: 'pine',
    role: 'status',
    closeButtonProps: { 'aria-label': closeLabel },
  });

/** Tells in a corner of the page that something failed; stays until closed. */
export const toastFailed = ({ message, title, closeLabel }: Toast): string =>
  notifications.show({
    message,
    title,
    color: 'red',
    autoClose: false,
    role: 'alert',
    closeButtonProps: { 'aria-label': closeLabel },
  });

export const dismissToast = (id: string): void => {
  notifications.hide(id);
};
