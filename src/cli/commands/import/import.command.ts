import { Command, Option } from 'commander';
import { TARGET_RELEASES } from '../../../contract/releases.ts';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const importCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('import')))
    .description('take a project of "nvflare provision" into a new dashboard')
    .argument('<project>', 'its project.yml')
    .option(
      '--state <folder>',
      'where provisioning keeps the root CA: the state folder with cert.json, or one with rootCA.pem and rootCA.key',
    )
    .option(
      '--passphrase-file <file>',
      "passphrase of the root CA's private key, in the first line of a file",
    )
    .addOption(
      new Option(
        '--target-release <release>',
        'NVFLARE release of the federation (default: the newest that fits)',
      ).choices([...TARGET_RELEASES]),
    )
    .option('--dry-run', 'change nothing, only list what cannot be taken')
    .action(dispatch(async () => (await import('./import.handler.ts')).importProject));
