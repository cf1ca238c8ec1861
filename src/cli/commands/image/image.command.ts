import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { readImage } from '../../settings/flag-values.ts';
import { addCommonFlags } from '../flags.ts';

const buildCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(new Command('build'))
    .description("build the image from the package's own context")
    .option(
      '-i, --image <image>',
      'name to give it (default: nvflare-dashboard:<version>)',
      readImage('--image'),
    )
    .option(
      '--base-image <image>',
      'base image (default: $NVFL_BASE_IMAGE, else the Dockerfile says)',
      readImage('--base-image'),
    )
    .option('--pull', 'ask the registry for the newest base image')
    .action(dispatch(async () => (await import('./image-build.handler.ts')).buildImage));

const pullCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(new Command('pull'))
    .description('pull an image from its registry')
    .argument('<image>')
    .action(dispatch(async () => (await import('./image-pull.handler.ts')).pull));

const saveCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(new Command('save'))
    .description('write the image into an archive, to carry it to a host without a network')
    .argument('<file>')
    .option('-i, --image <image>', 'which (default: nvflare-dashboard:<version>)', readImage('--image'))
    .action(dispatch(async () => (await import('./image-archive.handler.ts')).save));

const loadCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(new Command('load'))
    .description('read an archive of `dashboard image save` or `docker save`')
    .argument('<file>')
    .action(dispatch(async () => (await import('./image-archive.handler.ts')).load));

export const imageCommand = (dispatch: Dispatch): Command =>
  new Command('image')
    .description('build, pull, save or load the container image')
    .addCommand(buildCommand(dispatch))
    .addCommand(pullCommand(dispatch))
    .addCommand(saveCommand(dispatch))
    .addCommand(loadCommand(dispatch));
