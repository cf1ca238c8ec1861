import { Command, Option } from 'commander';
import { ROLES } from '../../../contract/roles.ts';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';

export const usersCommand = (dispatch: Dispatch): Command =>
  new Command('users')
    .description('list, add, approve and deny users')
    .addCommand(
      addRemoteFlags(new Command('list'))
        .description('list all users')
        .option('--pending', 'only those who wait for a decision')
        .action(dispatch(async () => (await import('./users.handlers.ts')).list)),
    )
    .addCommand(
      addRemoteFlags(new Command('approve'))
        .description('approve users')
        .argument('<emails...>')
        .action(dispatch(async () => (await import('./users.handlers.ts')).approve)),
    )
    .addCommand(
      addRemoteFlags(new Command('deny'))
        .description('deny users, and end their sessions')
        .argument('<emails...>')
        .option('--reason <text>', 'shown to them when they log in')
        .action(dispatch(async () => (await import('./users.handlers.ts')).deny)),
    )
    .addCommand(
      addRemoteFlags(new Command('add'))
        .description('add a user, with a generated password that must be changed at the first log-in')
        .argument('<email>')
        .requiredOption('--organization <organization>')
        .addOption(new Option('--role <role>', 'their role (default: member)').choices(ROLES.slice(1)))
        .option('--display-name <name>')
        .option('--password-file <file>', 'write the password there instead of showing it')
        .option('--approve', 'approve at once')
        .action(dispatch(async () => (await import('./users-add.handler.ts')).add)),
    );
