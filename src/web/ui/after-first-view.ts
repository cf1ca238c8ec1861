import { useEffect, useState } from 'react';

const FETCHED_AFTER_MS = 3_000;

/** False while the first view is drawn; true when there is time for code that may be wanted later. */
export const useAfterFirstView = (): boolean => {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const later = setTimeout(() => {
      setDue(true);
    }, FETCHED_AFTER_MS);
    return () => {
      clearTimeout(later);
    };
  }, []);
  return due;
};
