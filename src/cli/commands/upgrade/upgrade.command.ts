import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { readImage } from '../../settings/flag-values.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const upgradeCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('upgrade')))
    .description('replace the running dashboard by this version, with a backup first and a way back')
    .option(
      '-i, --image <image>',
      'container image to change to (default: the one of this version)',
      readImage('--image'),
    )
    .option(
      '--base-image <image>',
      'base image for building it (default: $NVFL_BASE_IMAGE)',
      readImage('--base-image'),
    )
    .option('--passphrase-file <file>', "passphrase of the root CA's key, from the first line of a file")
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./upgrade.handler.ts')).upgrade));
