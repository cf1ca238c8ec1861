import { Command, Option } from 'commander';
import { MAIL_LANGUAGES } from '../../../contract/languages.ts';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';

export const mailCommand = (dispatch: Dispatch): Command =>
  new Command('mail').description('send a test e-mail').addCommand(
    addRemoteFlags(new Command('test'))
      .description('send a test e-mail, and print what the mail server said')
      .argument('<email>')
      .addOption(
        new Option('--language <language>', 'of the text (default: your own)').choices(MAIL_LANGUAGES),
      )
      .action(dispatch(async () => (await import('./mail-test.handler.ts')).testMail)),
  );
