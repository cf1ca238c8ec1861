import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { readWhole } from '../../settings/flag-values.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';

export const sitesCommand = (dispatch: Dispatch): Command =>
  new Command('sites')
    .description('list, add, approve and deny sites and relays')
    .addCommand(
      addRemoteFlags(new Command('list'))
        .description('list all sites')
        .option('--pending', 'only those that wait for a decision')
        .action(dispatch(async () => (await import('./sites.handlers.ts')).list)),
    )
    .addCommand(
      addRemoteFlags(new Command('approve'))
        .description('approve sites')
        .argument('<names...>')
        .action(dispatch(async () => (await import('./sites.handlers.ts')).approve)),
    )
    .addCommand(
      addRemoteFlags(new Command('deny'))
        .description('deny sites')
        .argument('<names...>')
        .option('--reason <text>', 'shown to their organization')
        .action(dispatch(async () => (await import('./sites.handlers.ts')).deny)),
    )
    .addCommand(
      addRemoteFlags(new Command('add'))
        .description('add a site, or a relay that sites connect to')
        .argument('<name>')
        .option('--organization <organization>', 'default: your own')
        .option('--gpus <number>', 'GPUs (default: 0)', readWhole('--gpus', 0, 1024))
        .option('--memory <gib>', 'memory per GPU in GiB (default: 0)', readWhole('--memory', 0, 65_535))
        .option('--relay <host:port>', 'add a relay; where sites reach it')
        .option('--through <relay>', 'connect to this relay instead of the server')
        .option('--approve', 'approve at once')
        .action(dispatch(async () => (await import('./sites-add.handler.ts')).add)),
    );
