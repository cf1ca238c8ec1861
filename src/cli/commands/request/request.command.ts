import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';

export const requestCommand = (dispatch: Dispatch): Command =>
  new Command('request')
    .description('request certificates for keys that stay where they are')
    .addCommand(
      addRemoteFlags(new Command('submit'))
        .description('submit a request, which then waits for approval')
        .argument('<file>', 'NAME.request.zip of `nvflare cert request`, or a PKCS#10 request (PEM or DER)')
        .action(dispatch(async () => (await import('./request.handlers.ts')).submit)),
    )
    .addCommand(
      addRemoteFlags(new Command('list'))
        .description('list requests')
        .option('--pending', 'only those that wait for a decision')
        .action(dispatch(async () => (await import('./request.handlers.ts')).list)),
    )
    .addCommand(
      addRemoteFlags(new Command('approve'))
        .description('sign the certificate of a request')
        .argument('<request>', 'its ID, or the name it is for')
        .option('--fingerprint <sha256>', 'only if its key has this SHA-256, as in request.json')
        .action(dispatch(async () => (await import('./request-decide.handlers.ts')).approve)),
    )
    .addCommand(
      addRemoteFlags(new Command('reject'))
        .description('reject a request')
        .argument('<request>', 'its ID, or the name it is for')
        .requiredOption('--reason <text>', 'shown to whoever submitted it')
        .action(dispatch(async () => (await import('./request-decide.handlers.ts')).reject)),
    )
    .addCommand(
      addRemoteFlags(new Command('fetch'))
        .description('fetch NAME.signed.zip of an approved request, or the certificate of a bare one')
        .argument('<request>', 'its ID, or the name it is for')
        .option('--kit', 'the kit without the key instead, with a script that puts the key in place')
        .option('-o, --output <path>', 'file or folder to write it to (default: the current folder)')
        .action(dispatch(async () => (await import('./request-fetch.handler.ts')).fetchSigned)),
    );
