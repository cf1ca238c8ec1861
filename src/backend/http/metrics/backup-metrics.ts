import { readLastBackup, readSchedule } from '../../backups/backup-state.ts';
import type { Metric } from './exposition.ts';

const gauge = (name: string, help: string, value: number): Metric => ({
  name,
  type: 'gauge',
  help,
  samples: [{ value }],
});

/** Registers the metrics of the newest backup's age and of the scheduled backups. */
export const backupMetrics = async (webRoot: string): Promise<readonly Metric[]> => {
  const [last, schedule] = await Promise.all([readLastBackup(webRoot), readSchedule(webRoot)]);
  return [
    gauge(
      'nvflare_dashboard_last_backup_timestamp_seconds',
      'When the newest backup was taken, in seconds since 1970; 0: never.',
      last === undefined ? 0 : Date.parse(last.at) / 1000,
    ),
    gauge(
      'nvflare_dashboard_backup_interval_seconds',
      'How often the backend takes a backup; 0: not at all.',
      (schedule?.everyMs ?? 0) / 1000,
    ),
    gauge(
      'nvflare_dashboard_backup_failed',
      '1 while the newest scheduled backup has failed.',
      Number(schedule?.failed !== undefined),
    ),
  ];
};
