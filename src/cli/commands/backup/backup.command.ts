import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addPassphraseFlag, addTargetFlags } from '../flags.ts';

export const backupCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addPassphraseFlag(addTargetFlags(new Command('backup'))))
    .description('write the project into one archive, while the dashboard runs or not')
    .argument(
      '[target]',
      'file, folder, or "-" for standard output (default: dashboard-<UTC time>.tar.gz[.enc] in the current folder)',
    )
    .option('--encrypt', 'encrypt it under a passphrase (AES-256-GCM), which is asked for')
    .option('--no-encrypt', 'do not ask for a passphrase where the root key has none')
    .action(dispatch(async () => (await import('./backup.handler.ts')).backup));
