import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addPassphraseFlag, addTargetFlags } from '../flags.ts';

export const restoreCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addPassphraseFlag(addTargetFlags(new Command('restore'))))
    .description('put an archive of `dashboard backup` into the folder; what is there is set aside')
    .argument('<file>')
    .option('--check', 'try the archive, its database and its root CA, and change nothing')
    .option(
      '--passphrase-file <file>',
      "with --check: passphrase of the root CA's key, from a file's first line",
    )
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./restore.handler.ts')).restore));
