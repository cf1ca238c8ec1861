import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { readPort } from '../../settings/flag-values.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const doctorCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('doctor')))
    .description(
      'look at everything a start needs and at what runs, and change nothing; exit code 1 when something fails',
    )
    .option('-p, --port <port>', 'port to look at (default: the one in use, else 443)', readPort)
    .option('--local', 'check what a plain process needs, ask no container engine')
    .option('--bundle <file>', 'also write findings, status and log into an archive for support, redacted')
    .action(dispatch(async () => (await import('./doctor.handler.ts')).doctor));
