import type { ServerLog } from '../context/context.ts';
import type { Database } from '../store/database.ts';
import { MovedDatabaseError } from '../store/moved-database-error.ts';

const INTERVAL_MS = 1000;

/**
 * Logs when the database becomes unusable while the backend runs, such as when its file is moved, deleted or replaced.
 *
 * @param intervalMs how often it looks
 * @returns ends the watch
 */
export const watchDatabase = (db: Database, log: ServerLog, intervalMs = INTERVAL_MS): (() => void) => {
  if (db.engine !== 'sqlite') {
    return () => undefined;
  }
  let lost = false;
  const look = async (): Promise<void> => {
    try {
      await db.check();
      lost = false;
    } catch (error) {
      if (lost) {
        return;
      }
      lost = true;
      const [code, message] =
        error instanceof MovedDatabaseError
          ? ['database_moved', 'The database file was moved, deleted or replaced; changes are refused.']
          : ['database_unusable', 'The database cannot be used; changes fail until it can.'];
      const advice = 'Put the database file back, or restart the dashboard.';
      log.error({ code, advice, cause: String(error) }, message);
    }
  };
  const timer = setInterval(() => void look(), intervalMs).unref();
  return () => {
    clearInterval(timer);
  };
};
