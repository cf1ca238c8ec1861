import { useLayoutEffect, useRef, type ReactNode } from 'react';

/** Takes the focus when it appears, so that keyboard and screen reader go on where something new stands. */
export const FocusHere = ({ children }: { readonly children: ReactNode }) => {
  const place = useRef<HTMLDivElement>(null);
  // Before anything is painted: a key pressed at once would go to what was there before.
  useLayoutEffect(() => {
    place.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={place} tabIndex={-1} className="focus-here">
      {children}
    </div>
  );
};
