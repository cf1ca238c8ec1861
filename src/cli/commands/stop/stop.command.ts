import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const stopCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('stop')))
    .description('stop the dashboard; the project stays in its folder')
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./stop.handler.ts')).stop));
