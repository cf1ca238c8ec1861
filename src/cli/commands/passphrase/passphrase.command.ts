import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

const changeCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('change')))
    .description("put the root CA's key under another passphrase; the dashboard must be running")
    .option('--passphrase-file <file>', 'the present passphrase, from the first line of a file')
    .option('--no-passphrase-file', 'it has none at present')
    .option('--new-passphrase-file <file>', 'the new one, from the first line of a file')
    .option('--cred <credential>', "project admin's EMAIL:PASSWORD, instead of the questions")
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./passphrase-change.handler.ts')).changePassphrase));

export const passphraseCommand = (dispatch: Dispatch): Command =>
  new Command('passphrase').description("the root CA's passphrase").addCommand(changeCommand(dispatch));
