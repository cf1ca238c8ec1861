import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addStartFlags, addTargetFlags } from '../flags.ts';

export const planCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addStartFlags(addTargetFlags(new Command('plan'))))
    .description('say what `start --apply` with these options would do, and do nothing')
    .action(dispatch(async () => (await import('./plan.handler.ts')).plan));
