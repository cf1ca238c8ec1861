import { lazy, Suspense, useSyncExternalStore } from 'react';
import {
  closeKeyboardDialog,
  keyboardDialog,
  openPalette,
  openShortcuts,
} from '../features/palette/palette-state.ts';
import { singleKeys } from '../features/palette/single-keys.ts';
import { useSession } from '../features/session/session-context.ts';
import { useHotkeys } from '../ui/hooks.ts';

const Palette = lazy(async () => ({ default: (await import('../features/palette/palette.tsx')).Palette }));
const Shortcuts = lazy(async () => ({
  default: (await import('../features/palette/shortcuts.tsx')).Shortcuts,
}));

const focusFilter = () => {
  document.querySelector<HTMLInputElement>('input[data-table-filter]')?.focus();
};

/** The keys that work on every page, and what they open. */
export const Keyboard = () => {
  const { user } = useSession();
  const dialog = useSyncExternalStore(keyboardDialog.subscribe, keyboardDialog.get);
  const single = (act: () => void) => () => {
    if (singleKeys.on()) act();
  };
  useHotkeys([
    ['mod+K', user ? openPalette : openShortcuts],
    ['shift+?', single(openShortcuts)],
    ['?', single(openShortcuts)],
    ['/', single(focusFilter)],
  ]);
  return (
    <Suspense>
      {dialog === 'palette' ? <Palette onClose={closeKeyboardDialog} /> : null}
      {dialog === 'shortcuts' ? <Shortcuts onClose={closeKeyboardDialog} /> : null}
    </Suspense>
  );
};
