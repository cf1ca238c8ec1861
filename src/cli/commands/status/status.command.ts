import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const statusCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('status')))
    .description('say what runs, where and in which state; exit code 1 when it does not respond')
    .option('-w, --watch', 'show it again every 2 s until Ctrl-C')
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./status.handler.ts')).status));
