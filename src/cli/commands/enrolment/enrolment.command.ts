import { Command } from 'commander';
import { MAX_ENROLMENT_DAYS, MAX_ENROLMENT_USES } from '../../../contract/enrolment-limits.ts';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';
import { readWhole } from '../../settings/flag-values.ts';

export const enrolmentCommand = (dispatch: Dispatch): Command =>
  new Command('enrolment')
    .description('tokens with which sites enrol themselves')
    .addCommand(
      addRemoteFlags(new Command('create'))
        .description('generate an enrolment token, which is shown once')
        .argument('<name>', 'what the token is called in lists and in the audit log')
        .requiredOption('--organization <organization>', 'organization of the sites')
        .requiredOption('--names <pattern>', 'names of the sites; * stands for any characters')
        .option(
          '--uses <number>',
          'sites that it enrols (default: 1)',
          readWhole('--uses', 1, MAX_ENROLMENT_USES),
        )
        .option(
          '--days <number>',
          'days until it expires (default: 14)',
          readWhole('--days', 1, MAX_ENROLMENT_DAYS),
        )
        .option('--at-once', 'approve what it enrols at once, without looking at it')
        .option('-o, --output <file>', 'write the token there instead of showing it')
        .action(dispatch(async () => (await import('./enrolment.handlers.ts')).create)),
    )
    .addCommand(
      addRemoteFlags(new Command('list'))
        .description('list enrolment tokens')
        .action(dispatch(async () => (await import('./enrolment.handlers.ts')).list)),
    )
    .addCommand(
      addRemoteFlags(new Command('end'))
        .description('end an enrolment token')
        .argument('<token>', 'its name or ID')
        .action(dispatch(async () => (await import('./enrolment.handlers.ts')).end)),
    );
