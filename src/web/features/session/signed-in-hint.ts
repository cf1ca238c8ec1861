const KEY = 'dashboard-signed-in';

/** Remembers that a session may exist, so that strangers' visits do not ask for one (the cookie is unreadable). */
export const signedInHint = {
  read: (): boolean => localStorage.getItem(KEY) === '1',
  set: (): void => {
    localStorage.setItem(KEY, '1');
  },
  clear: (): void => {
    localStorage.removeItem(KEY);
  },
} as const;
