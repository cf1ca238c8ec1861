import { Modal } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmationGate, sessionGate } from '../api/session-gate.ts';
import { LAYERS } from './layers.ts';
import { enterDialogTop } from './dialog-tops.ts';

interface DialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: 'sm' | 'md' | 'lg' | 'xl';
  /** False where a click beside the dialog must not end it. */
  readonly lightDismiss?: boolean;
  /** A confirmation lies above other dialogs and the log-in above all; what lies below then waits. */
  readonly layer?: 'dialog' | 'confirmation' | 'logIn';
}

const focused = (): HTMLElement | undefined => {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement)) {
    return undefined;
  }
  const menu = active.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return (menu ? document.getElementById(menu) : null) ?? active;
};

/**
 * Gives the focus back to what opened the dialog, or to the button of the menu that did. Stands beside the dialog:
 * what stands in it is drawn a step later, when the menu is gone.
 */
const FocusReturn = () => {
  const [opener] = useState(focused);
  useEffect(
    () => () => {
      opener?.focus({ preventScroll: true });
    },
    [opener],
  );
  return null;
};

/** A modal dialog: named by its title, closed by Escape and a labelled button, focus kept inside. */
export const Dialog = ({
  opened,
  title,
  onClose,
  children,
  size = 'md',
  lightDismiss = true,
  layer = 'dialog',
}: DialogProps) => {
  const { t } = useTranslation();
  const loggedOut = useSyncExternalStore(sessionGate.subscribe, sessionGate.isClosed);
  const confirming = useSyncExternalStore(confirmationGate.subscribe, confirmationGate.isClosed);
  const above = layer === 'logIn';
  const covered = (loggedOut && !above) || (confirming && layer === 'dialog');
  return (
    <>
      {opened ? <FocusReturn /> : null}
      <Modal
        opened={opened}
        onClose={onClose}
        title={title}
        size={size}
        centered
        zIndex={LAYERS[layer]}
        closeOnClickOutside={lightDismiss && !covered}
        closeOnEscape={!covered && !above}
        trapFocus={!covered}
        withCloseButton={!above}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        transitionProps={{ duration: 0 }}
        returnFocus={false}
      >
        <div ref={enterDialogTop} aria-live="polite" />
        {children}
      </Modal>
    </>
  );
};
