import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const restoreCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('restore')))
    .description('put an archive of `dashboard backup` into the folder; what is there is set aside')
    .argument('<file>')
    .option('--check', 'check the archive and its database, and change nothing')
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./restore.handler.ts')).restore));
