import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';

export const projectCommand = (dispatch: Dispatch): Command =>
  new Command('project')
    .description("read and change the project's settings")
    .addCommand(
      addRemoteFlags(new Command('get'))
        .description('print all settings, or those named')
        .argument('[settings...]')
        .action(dispatch(async () => (await import('./project-get.handler.ts')).getProject)),
    )
    .addCommand(
      addRemoteFlags(new Command('set'))
        .description('change settings')
        .argument('<settings...>', 'SETTING=VALUE, such as server1=fl.example.org; JSON for props')
        .action(dispatch(async () => (await import('./project-set.handler.ts')).setProject)),
    )
    .addCommand(
      addRemoteFlags(new Command('freeze'))
        .description('fix server names and generate the root CA, for good')
        .action(dispatch(async () => (await import('./project-freeze.handler.ts')).freezeProject)),
    );
