const KEY = 'dashboard-reloaded-at';
const PAUSE_MS = 60_000;

/**
 * Reloads the page unless it was reloaded a moment ago, so that code that stays broken does not reload for ever.
 *
 * @returns true when the page reloads
 */
export const reloadOnce = (): boolean => {
  const last = Number(sessionStorage.getItem(KEY) ?? 0);
  if (Date.now() - last < PAUSE_MS) {
    return false;
  }
  sessionStorage.setItem(KEY, String(Date.now()));
  location.reload();
  return true;
};
