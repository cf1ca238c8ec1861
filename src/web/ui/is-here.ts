import { useLocation } from 'react-router';
import { BASE } from '../api/base.ts';

/** Says whether the browser is still at this page's address: nobody is to be called back from another page. */
export const useIsHere = (): (() => boolean) => {
  const { pathname } = useLocation();
  return () => window.location.pathname === `${BASE}${pathname}`;
};
