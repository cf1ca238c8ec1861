import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const backupCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('backup')))
    .description('write the project into one archive, while the dashboard runs or not')
    .argument(
      '[target]',
      'file, folder, or "-" for standard output (default: dashboard-<UTC time>.tar.gz in the current folder)',
    )
    .action(dispatch(async () => (await import('./backup.handler.ts')).backup));
