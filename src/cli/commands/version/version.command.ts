import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags } from '../flags.ts';

export const versionCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(new Command('version'))
    .description('print the version')
    .action(dispatch(async () => (await import('./version.handler.ts')).version));
