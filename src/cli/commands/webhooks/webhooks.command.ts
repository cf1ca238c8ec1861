import { Command, Option } from 'commander';
import { MAIL_LANGUAGES } from '../../../contract/languages.ts';
import { WEBHOOK_EVENTS, WEBHOOK_FORMATS } from '../../../contract/webhooks.ts';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';

const load = () => import('./webhooks.handlers.ts');

export const webhooksCommand = (dispatch: Dispatch): Command =>
  new Command('webhooks')
    .description('tell other systems of events: list, add, test and remove webhooks')
    .addCommand(
      addRemoteFlags(new Command('list'))
        .description('list all webhooks')
        .action(dispatch(async () => (await load()).list)),
    )
    .addCommand(
      addRemoteFlags(new Command('add'))
        .description('add a webhook, with a generated secret that signs its messages')
        .argument('<name>')
        .option('--endpoint <address>', 'where messages are sent; for one that nobody may know, use a file')
        .option('--endpoint-file <file>', 'file with the address')
        .addOption(
          new Option('--format <format>', 'JSON or a text for a chat (default: standard)').choices(
            WEBHOOK_FORMATS,
          ),
        )
        .addOption(new Option('--event <events...>', 'only these (default: all)').choices(WEBHOOK_EVENTS))
        .addOption(new Option('--language <language>', 'of the texts (default: en)').choices(MAIL_LANGUAGES))
        .option('--secret-file <file>', 'write the secret there instead of showing it')
        .action(dispatch(async () => (await import('./webhooks-add.handler.ts')).add)),
    )
    .addCommand(
      addRemoteFlags(new Command('test'))
        .description('send a test message; exit code 1 unless the endpoint takes it')
        .argument('<name>')
        .action(dispatch(async () => (await load()).test)),
    )
    .addCommand(
      addRemoteFlags(new Command('log'))
        .description('what was sent, waits or failed, the newest first')
        .argument('<name>')
        .action(dispatch(async () => (await load()).log)),
    )
    .addCommand(
      addRemoteFlags(new Command('renew-secret'))
        .description('generate a new secret; the earlier one signs as well for a day')
        .argument('<name>')
        .option('--secret-file <file>', 'write the secret there instead of showing it')
        .action(dispatch(async () => (await import('./webhooks-add.handler.ts')).renew)),
    )
    .addCommand(
      addRemoteFlags(new Command('pause'))
        .description('send nothing for now; events meanwhile are not kept')
        .argument('<name>')
        .action(dispatch(async () => (await load()).pause)),
    )
    .addCommand(
      addRemoteFlags(new Command('resume'))
        .description('send messages again')
        .argument('<name>')
        .action(dispatch(async () => (await load()).resume)),
    )
    .addCommand(
      addRemoteFlags(new Command('remove'))
        .description('remove a webhook with its log')
        .argument('<name>')
        .action(dispatch(async () => (await load()).remove)),
    );
