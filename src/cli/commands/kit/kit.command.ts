import { Command, Option } from 'commander';
import { ZIP_ENCRYPTIONS } from '../../../contract/zip-encryption.ts';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';

export const kitCommand = (dispatch: Dispatch): Command =>
  new Command('kit').description('download startup kits').addCommand(
    addRemoteFlags(new Command('get'))
      .description('download one startup kit')
      .argument('<name>', "a site's name, a user's e-mail, server1, server2 or overseer")
      .option('-o, --output <path>', 'file or folder to write it to (default: the current folder)')
      .addOption(
        new Option('--encryption <name>', 'ZipCrypto opens with unzip, and without the PIN within a minute')
          .choices(ZIP_ENCRYPTIONS)
          .default('aes256'),
      )
      .option('--pin-file <file>', 'read the PIN from the first line of a file (default: one is generated)')
      .action(dispatch(async () => (await import('./kit-get.handler.ts')).getKit)),
  );
