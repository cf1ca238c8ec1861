import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addStartFlags, addTargetFlags } from '../flags.ts';

export const configCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addStartFlags(addTargetFlags(new Command('config'))))
    .description('print the settings that `start` would use, and where each comes from')
    .option('--schema', 'print the JSON schema of dashboard.yaml')
    .action(dispatch(async () => (await import('./config.handler.ts')).config));
