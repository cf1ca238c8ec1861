import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';

export const organizationsCommand = (dispatch: Dispatch): Command =>
  new Command('organizations')
    .description('list, add and change organizations')
    .addCommand(
      addRemoteFlags(new Command('list'))
        .description('list all organizations')
        .action(dispatch(async () => (await import('./organizations.handlers.ts')).list)),
    )
    .addCommand(
      addRemoteFlags(new Command('add'))
        .description('add an organization before anybody of it has signed up')
        .argument('<display-name>', 'as people know it')
        .option('--certificate-name <name>', 'the name in certificates, else derived from the display name')
        .option('--contacts <text>', 'whom to reach there')
        .action(dispatch(async () => (await import('./organizations.handlers.ts')).add)),
    )
    .addCommand(
      addRemoteFlags(new Command('change'))
        .description('change an organization; its name in certificates only while there are none')
        .argument('<name>')
        .option('--display-name <name>', 'as people know it')
        .option('--contacts <text>', 'whom to reach there')
        .option('--certificate-name <name>', 'another name in certificates')
        .action(dispatch(async () => (await import('./organizations.handlers.ts')).change)),
    );
