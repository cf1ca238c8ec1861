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
import { lazyPart } from '../ui/lazy-part.ts';

/** The first view comes first. */
const FETCHED_AFTER_MS = 2_000;

const paletteCode = async () => (await import('../features/palette/palette.tsx')).Palette;
const Palette = lazyPart(paletteCode);
const Shortcuts = lazyPart(async () => (await import('../features/palette/shortcuts.tsx')).Shortcuts);

const focusFilter = () => {
  document.querySelector<HTMLInputElement>('input[data-table-filter]')?.focus();
};

/** Fetches the palette before it is wanted: who opens it types at once. */
const usePaletteCode = (wanted: boolean) => {
  useEffect(() => {
    if (!wanted) {
      return;
    }
    const later = setTimeout(() => {
      paletteCode().catch(() => undefined);
    }, FETCHED_AFTER_MS);
    return () => {
      clearTimeout(later);
    };
  }, [wanted]);
};

/** The keys that work on every page, and what they open. */
export const Keyboard = () => {
  const { user } = useSession();
  usePaletteCode(user !== undefined);
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
