import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addStartFlags, addTargetFlags } from '../flags.ts';

export const startCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addStartFlags(addTargetFlags(new Command('start'))))
    .description('start the dashboard, and wait until it answers')
    .action(dispatch(async () => (await import('./start.handler.ts')).start));
