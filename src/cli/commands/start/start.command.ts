import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addApplyFlag, addGenerateFlag, addCommonFlags, addStartFlags, addTargetFlags } from '../flags.ts';

export const startCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addGenerateFlag(addApplyFlag(addStartFlags(addTargetFlags(new Command('start'))))))
    .description('start the dashboard, and wait until it responds; says so when it already runs')
    .action(dispatch(async () => (await import('./start.handler.ts')).start));
