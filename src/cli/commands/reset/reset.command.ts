import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const resetCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('reset')))
    .description('stop, and set the database aside: the next start begins a new project')
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./reset.handler.ts')).reset));
