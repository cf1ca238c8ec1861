import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

const subcommand = (name: string): Command =>
  addCommonFlags(addTargetFlags(new Command(name)))
    .option('--cred <credential>', "project admin's EMAIL:PASSWORD, instead of the questions")
    .option('--local', 'only look for a plain process, ask no container engine');

const CERTIFICATE = 'the certificate, PEM or DER, and in the same PEM file the CAs above it';

export const rootCommand = (dispatch: Dispatch): Command =>
  new Command('root')
    .description("a root CA of one's own before the freeze, and its renewal after")
    .addCommand(
      subcommand('show')
        .description('print the root CA that the freeze will take, or has taken')
        .action(dispatch(async () => (await import('./root.handlers.ts')).showRoot)),
    )
    .addCommand(
      subcommand('import')
        .description('import a root CA with its key')
        .argument('<certificate>', `${CERTIFICATE}; or a PKCS#12 file (.p12, .pfx)`)
        .argument('[key]', 'its private key, PEM; none with a PKCS#12 file')
        .option(
          '--key-passphrase-file <file>',
          'the passphrase of the key or PKCS#12 file, from the first line of a file',
        )
        .action(dispatch(async () => (await import('./root.handlers.ts')).importRoot)),
    )
    .addCommand(
      subcommand('request')
        .description("generate the root CA's key here, and a request that another CA signs")
        .option('-o, --output <file>', 'write the request to a new file instead of printing it')
        .action(dispatch(async () => (await import('./root.handlers.ts')).requestRoot)),
    )
    .addCommand(
      subcommand('accept')
        .description('import what the other CA issued for the request')
        .argument('<certificate>', CERTIFICATE)
        .action(dispatch(async () => (await import('./root.handlers.ts')).acceptRoot)),
    )
    .addCommand(
      subcommand('renew')
        .description(
          'renew the root CA of a frozen project with its key: print the plan, and do it once confirmed',
        )
        .option('--valid-days <days>', 'days that the next certificate is valid (default: root_valid_days)')
        .option('--certificate <file>', 'what another CA issued for the same key, with the CAs above it')
        .option('--confirm <version>', 'do what the plan of this version says')
        .action(dispatch(async () => (await import('./root-renew.handlers.ts')).renewRoot)),
    )
    .addCommand(
      subcommand('progress')
        .description('list who still has the root certificate of before')
        .action(dispatch(async () => (await import('./root-renew.handlers.ts')).rootProgress)),
    )
    .addCommand(
      subcommand('discard')
        .description('discard it: the freeze then generates a root CA')
        .action(dispatch(async () => (await import('./root.handlers.ts')).discardRoot)),
    );
