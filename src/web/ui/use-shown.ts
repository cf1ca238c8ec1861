import { useEffect, useRef, type RefObject } from 'react';

/** Returns whether the component is still on the page, for what ends after it may be gone. */
export const useShown = (): Readonly<RefObject<boolean>> => {
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  return shown;
};
