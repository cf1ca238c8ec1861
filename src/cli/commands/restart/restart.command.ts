import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addStartFlags, addTargetFlags } from '../flags.ts';

export const restartCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addStartFlags(addTargetFlags(new Command('restart'))))
    .description('stop and start again, with other options where some are given')
    .action(dispatch(async () => (await import('./restart.handler.ts')).restart));
