import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags } from '../flags.ts';

export const listCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(new Command('list'))
    .alias('ls')
    .description('list all dashboards of this host, in containers and as plain processes')
    .option('--local', 'only look for plain processes, ask no container engine')
    .action(dispatch(async () => (await import('./list.handler.ts')).list));
