import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

const headCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('head')))
    .description('print where the audit log ends, as SEQUENCE:HASH, to be kept elsewhere')
    .action(dispatch(async () => (await import('./audit-head.handler.ts')).auditHead));

const verifyCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('verify')))
    .description('check every row of the audit log; exit code 1 when rows were changed, removed or cut off')
    .option('--head <head>', 'an earlier SEQUENCE:HASH, or a file with it, that the log must still contain')
    .action(dispatch(async () => (await import('./audit-verify.handler.ts')).auditVerify));

export const auditCommand = (dispatch: Dispatch): Command =>
  new Command('audit')
    .description('the audit log, from the host')
    .addCommand(headCommand(dispatch))
    .addCommand(verifyCommand(dispatch));
