import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';

export const applyCommand = (dispatch: Dispatch): Command =>
  addRemoteFlags(new Command('apply'))
    .description(
      'make the project as a YAML file says: settings, users, sites, approvals; nothing is deleted',
    )
    .argument('<file>', 'as `dashboard export` writes it')
    .option('--check', 'only print what would change; exit code 2 when something would')
    .option('--passwords <file>', 'write the passwords of new users there instead of showing them')
    .action(dispatch(async () => (await import('./apply.handler.ts')).apply));

export const exportCommand = (dispatch: Dispatch): Command =>
  addRemoteFlags(new Command('export'))
    .description('print the project as a YAML file for `dashboard apply`, without any secret')
    .action(dispatch(async () => (await import('./export.handler.ts')).exportProject));
