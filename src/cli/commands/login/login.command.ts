import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { MAX_TOKEN_DAYS, SCOPES } from '../../../contract/token-scopes.ts';
import { readWhole, readWords } from '../../settings/flag-values.ts';
import { addAddressFlags } from '../../remote/remote-flags.ts';

export const loginCommand = (dispatch: Dispatch): Command =>
  addAddressFlags(new Command('login'))
    .description('get an access token from a dashboard, here or elsewhere, and keep it for the next commands')
    .option('--cred <credential>', 'EMAIL:PASSWORD, instead of the questions (default: $NVFL_CREDENTIAL)')
    .option(
      '--days <days>',
      'days until the token expires (default: 90)',
      readWhole('--days', 1, MAX_TOKEN_DAYS),
    )
    .option('--scope <scopes...>', 'read, kits, write (default: all)', readWords('--scope', SCOPES))
    .action(dispatch(async () => (await import('./login.handler.ts')).login));

export const logoutCommand = (dispatch: Dispatch): Command =>
  addAddressFlags(new Command('logout'))
    .description('revoke the access token of `dashboard login`, and forget it')
    .action(dispatch(async () => (await import('./logout.handler.ts')).logout));
