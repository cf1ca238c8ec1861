import { Command, Option } from 'commander';
import { CHALLENGES } from '../../acme/challenge-types.ts';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

const selfSignedCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('self-signed')))
    .description(
      'generate cert/web.crt and cert/web.key, so that the dashboard serves HTTPS from its next start on',
    )
    .argument('[names...]', 'host names and IP addresses of the dashboard (default: the name of this host)')
    .action(dispatch(async () => (await import('./tls-self-signed.handler.ts')).selfSigned));

const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [
  ...(earlier ?? []),
  value,
];

const acmeCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('acme')))
    .description(
      "obtain cert/web.crt and cert/web.key from a CA such as Let's Encrypt, whose terms of service you agree to",
    )
    .option('--domain <name>', 'host name of the dashboard, repeatable', collect)
    .option('--email <email>', 'where the CA can reach you')
    .addOption(
      new Option(
        '--challenge <type>',
        'how the CA checks that the name is yours: on port 80, or on port 443 (default: http-01)',
      ).choices(CHALLENGES),
    )
    .option(
      '--listen <[address:]port>',
      'where to wait for the CA, when it is forwarded (default: 80 or 443)',
    )
    .option('--directory <url>', "the CA's ACME directory (default: Let's Encrypt)")
    .option('--ca-file <file>', 'PEM certificate that vouches for the directory of a private CA')
    .action(dispatch(async () => (await import('./tls-acme.handler.ts')).acme));

const renewCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('renew')))
    .description('renew what `dashboard tls acme` obtained when it is due; run it daily from a timer')
    .option('--force', 'renew now')
    .action(dispatch(async () => (await import('./tls-renew.handler.ts')).renew));

export const tlsCommand = (dispatch: Dispatch): Command =>
  new Command('tls')
    .description('the web certificate')
    .addCommand(acmeCommand(dispatch))
    .addCommand(renewCommand(dispatch))
    .addCommand(selfSignedCommand(dispatch));
