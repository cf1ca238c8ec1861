import { sharedValue } from '../../ui/shared-value.ts';

/** Which of the two keyboard dialogs is open. */
export type KeyboardDialog = 'none' | 'palette' | 'shortcuts';

export const keyboardDialog = sharedValue<KeyboardDialog>('none');

export const openPalette = (): void => {
  keyboardDialog.set('palette');
};

export const openShortcuts = (): void => {
  keyboardDialog.set('shortcuts');
};

export const closeKeyboardDialog = (): void => {
  keyboardDialog.set('none');
};
