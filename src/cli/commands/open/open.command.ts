import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const openCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('open')))
    .description('open the page in a browser, or print its address where there is none')
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./open.handler.ts')).open));
