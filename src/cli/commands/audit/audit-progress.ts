import type { MaintenanceProgress } from '../../../contract/maintenance.ts';
import { formatDuration } from '../../output/format-duration.ts';

const rows = new Intl.NumberFormat('en-US');

/** Returns what tells how many rows have been checked, and how long the others will take. */
export const auditProgress = (
  now: () => Date,
  tell: (text: string) => void,
): ((progress: MaintenanceProgress) => void) => {
  const began = now().getTime();
  return ({ done, of }) => {
    const seconds = (now().getTime() - began) / 1000;
    const left = formatDuration(Math.ceil((seconds * (of - done)) / done));
    tell(`Checked ${rows.format(done)} of ${rows.format(of)} rows, about ${left} left …`);
  };
};
