import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const unsealCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('unseal')))
    .description('give a running, sealed dashboard the passphrase of the root key')
    .option('--passphrase-file <file>', 'read it from the first line of a file instead of asking')
    .option('--cred <credential>', "project admin's EMAIL:PASSWORD, instead of the questions")
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./unseal.handler.ts')).unseal));
