import { useHotkeys } from '@mantine/hooks';
import { Suspense, useEffect, useSyncExternalStore } from 'react';
import {
  closeKeyboardDialog,
  keyboardDialog,
  openPalette,
  openShortcuts,
} from '../features/palette/palette-state.ts';
import { singleKeys } from '../features/palette/single-keys.ts';
import { useSession } from '../features/session/session-context.ts';
import { useAfterFirstView } from '../ui/after-first-view.ts';
import { lazyPart } from '../ui/lazy-part.ts';

const paletteCode = async () => (await import('../features/palette/palette.tsx')).Palette;
const Palette = lazyPart(paletteCode);
const Shortcuts = lazyPart(async () => (await import('../features/palette/shortcuts.tsx')).Shortcuts);

const focusFilter = () => {
  document.querySelector<HTMLInputElement>('input[data-table-filter]')?.focus();
};

/** Fetches the palette before it is wanted: who opens it types at once. */
const usePaletteCode = (wanted: boolean) => {
  useEffect(() => {
    if (wanted) {
      paletteCode().catch(() => undefined);
    }
  }, [wanted]);
};

/** The keys that work on every page, and what they open. */
export const Keyboard = () => {
  const { user } = useSession();
  const later = useAfterFirstView();
  usePaletteCode(later && user !== undefined);
  const dialog = useSyncExternalStore(keyboardDialog.subscribe, keyboardDialog.get);
  const single = (act: () => void) => () => {
    if (singleKeys.act()) {
      act();
    }
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
