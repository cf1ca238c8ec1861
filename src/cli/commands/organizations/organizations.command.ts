import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addAddressFlags, addRemoteFlags } from '../../remote/remote-flags.ts';

export const organizationsCommand = (dispatch: Dispatch): Command =>
  new Command('organizations')
    .description('list, add, change, rename and merge organizations')
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
    )
    .addCommand(
      addRemoteFlags(new Command('rename'))
        .description('give an organization another name in certificates, while there are none')
        .argument('<name>')
        .argument('<new-name>', 'letters, digits and underscores')
        .action(dispatch(async () => (await import('./organizations.handlers.ts')).rename)),
    )
    .addCommand(
      addAddressFlags(new Command('merge'))
        .description('move people, sites and invitations to another organization, and remove this one')
        .argument('<name>', 'the one to remove')
        .requiredOption('--into <name>', 'the one that stays')
        .option('--cred <credential>', "project admin's EMAIL:PASSWORD, instead of the questions")
        .action(dispatch(async () => (await import('./organizations-merge.handler.ts')).merge)),
    );
