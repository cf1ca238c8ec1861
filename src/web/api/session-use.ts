import { BASE } from './base.ts';

/** Several dashboards may share an origin, each below a prefix of its own. */
const KEY = `dashboard-used${BASE}`;

/** Remembers when a request last kept the session alive, in whichever tab. */
export const sessionUse = {
  note: (): void => {
    localStorage.setItem(KEY, String(Date.now()));
  },
  last: (): number => Number(localStorage.getItem(KEY)),
} as const;
