import type { ProjectOverview } from '../../../contract/maintenance.ts';
import { certificateExpiry } from './certificate-expiry.ts';
import { countAdmins } from './count-admins.ts';
import { countWaiting } from './count-waiting.ts';

/**
 * Reads what `status` and `start` need to know of a project, also while a backend writes the file.
 *
 * @throws better-sqlite3's SqliteError when it is no project's database
 */
export const projectOverview = (file: string, now: Date): ProjectOverview => ({
  waiting: countWaiting(file),
  expiry: certificateExpiry(file, now),
  admins: countAdmins(file),
});
