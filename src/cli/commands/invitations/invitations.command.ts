import { Command, Option } from 'commander';
import { INVITED_ROLES, MAX_INVITATION_DAYS, MAX_INVITED } from '../../../contract/invitation-limits.ts';
import { MAIL_LANGUAGES } from '../../../contract/languages.ts';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';
import { readWhole } from '../../settings/flag-values.ts';

const addDays = (command: Command): Command =>
  command.option(
    '--days <number>',
    'days until the links expire (default: 14)',
    readWhole('--days', 1, MAX_INVITATION_DAYS),
  );

export const inviteCommand = (dispatch: Dispatch): Command =>
  addDays(addRemoteFlags(new Command('invite')))
    .description('invite people by links; whoever signs up with one is approved at once')
    .argument('[emails...]', 'a link for each; none with --uses')
    .requiredOption('--organization <organization>')
    .addOption(new Option('--role <role>', 'their role (default: member)').choices(INVITED_ROLES))
    .option('--uses <number>', 'one link for so many people instead', readWhole('--uses', 1, MAX_INVITED))
    .addOption(
      new Option('--language <language>', 'of the e-mail (default: that of the project admin)').choices(
        MAIL_LANGUAGES,
      ),
    )
    .option('-o, --output <file>', 'write the links there instead of showing them')
    .action(dispatch(async () => (await import('./invite.handler.ts')).invite));

export const invitationsCommand = (dispatch: Dispatch): Command =>
  new Command('invitations')
    .description('list, renew and revoke invitations')
    .addCommand(
      addRemoteFlags(new Command('list'))
        .description('list invitations, used and expired ones too')
        .action(dispatch(async () => (await import('./invitations.handlers.ts')).list)),
    )
    .addCommand(
      addDays(addRemoteFlags(new Command('renew')))
        .description('give an invitation another link and more time')
        .argument('<invitation>', 'its e-mail address or ID')
        .option('-o, --output <file>', 'write the link there instead of showing it')
        .action(dispatch(async () => (await import('./invitations.handlers.ts')).renew)),
    )
    .addCommand(
      addRemoteFlags(new Command('revoke'))
        .description('revoke an invitation: its link counts no more')
        .argument('<invitation>', 'its e-mail address or ID')
        .action(dispatch(async () => (await import('./invitations.handlers.ts')).revoke)),
    );
