import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

const resetCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('reset')))
    .description('give a project admin a new password, shown once, to be changed at the next log-in')
    .argument('[email]', 'which, where the project has several')
    .option('--second-factor', 'remove the second factor instead; the password stays')
    .action(dispatch(async () => (await import('./admin-reset.handler.ts')).resetAdmin));

export const adminCommand = (dispatch: Dispatch): Command =>
  new Command('admin').description('the project admins, from the host').addCommand(resetCommand(dispatch));
