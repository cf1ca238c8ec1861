import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

const selfSignedCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('self-signed')))
    .description(
      'generate cert/web.crt and cert/web.key, so that the dashboard serves HTTPS from its next start on',
    )
    .argument('[names...]', 'host names and IP addresses of the dashboard (default: the name of this host)')
    .action(dispatch(async () => (await import('./tls-self-signed.handler.ts')).selfSigned));

export const tlsCommand = (dispatch: Dispatch): Command =>
  new Command('tls').description('the web certificate').addCommand(selfSignedCommand(dispatch));
