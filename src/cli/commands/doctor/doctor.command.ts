import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

export const doctorCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('doctor')))
    .description(
      'look at everything a start needs, and change nothing; exit code 1 when something is missing',
    )
    .option('-p, --port <port>', 'port to look at (default: 443)')
    .action(dispatch(async () => (await import('./doctor.handler.ts')).doctor));
