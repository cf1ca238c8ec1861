import type { Command } from 'commander';
import { REMOTE_ERRORS } from './remote-errors.ts';
import { addCommonFlags, addTargetFlags } from '../commands/flags.ts';

/** @throws CliError `url_invalid` */
const readUrl = (text: string): string => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw REMOTE_ERRORS.urlInvalid({ url: text, reason: 'it is no HTTP or HTTPS address' });
  }
  return text;
};

/** Which dashboard, here or elsewhere. */
export const addAddressFlags = (command: Command): Command =>
  addCommonFlags(addTargetFlags(command))
    .option(
      '--url <url>',
      'address of the dashboard (default: $NVFL_URL, else the last log-in, else this host)',
      readUrl,
    )
    .option('--ca <file>', 'certificate of the CA that signed its web certificate (default: $NVFL_CA_FILE)')
    .option('--allow-http', 'send passwords and tokens over HTTP to another host')
    .option('--local', 'only look for a plain process, ask no container engine');

/** Which dashboard, and as whom. */
export const addRemoteFlags = (command: Command): Command =>
  addAddressFlags(command).option(
    '--token-file <file>',
    'access token (default: $NVFL_TOKEN_FILE, $NVFL_TOKEN, else that of `dashboard login`)',
  );
