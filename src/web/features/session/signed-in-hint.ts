import { BASE } from '../../api/base.ts';

/** Several dashboards may share an origin, each below a prefix of its own. */
const KEY = `dashboard-signed-in${BASE}`;

/** Remembers that a session may exist, so that strangers' visits do not ask for one (the cookie is unreadable). */
export const signedInHint = {
  read: (): boolean => localStorage.getItem(KEY) !== null,
  set: (): void => {
    // A new value each time, so that other tabs hear of a second log-in as well.
    localStorage.setItem(KEY, String(Date.now()));
  },
  /** Calls back when another tab logs in or out; returns how to stop. */
  onOtherTab: (listen: (signedIn: boolean) => void): (() => void) => {
    const onStorage = ({ key, newValue }: StorageEvent) => {
      if (key === KEY) {
        listen(newValue !== null);
      }
    };
    addEventListener('storage', onStorage);
    return () => {
      removeEventListener('storage', onStorage);
    };
  },
  clear: (): void => {
    localStorage.removeItem(KEY);
  },
} as const;
