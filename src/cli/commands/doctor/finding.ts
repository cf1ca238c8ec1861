import { CliError } from '../../errors/cli-error.ts';
import { engineErrorText } from '../../errors/engine-error-text.ts';
import { systemReason } from '../../../contract/system-reason.ts';

/** Result of one check. */
export interface Finding {
  readonly check: string;
  readonly level: 'ok' | 'warn' | 'fail';
  readonly text: string;
  /** Advice; absent where all is well. */
  readonly fix?: string | undefined;
}

/** A finding without the check's name. */
export type Found = Omit<Finding, 'check'>;

export const ok = (text: string): Found => ({ level: 'ok', text });
export const warn = (text: string, fix: string): Found => ({ level: 'warn', text, fix });
export const fail = (text: string, fix: string): Found => ({ level: 'fail', text, fix });

/** Runs one check; an error of the catalogue is a finding that fails. Undefined: it does not apply. */
export const look = async (
  check: string,
  work: () => Promise<Found | undefined>,
): Promise<readonly Finding[]> => {
  try {
    const found = await work();
    return found === undefined ? [] : [{ check, ...found }];
  } catch (error) {
    const explained = error instanceof CliError ? error : engineErrorText(error);
    return explained === undefined
      ? [{ check, ...fail(systemReason(error), 'Run the command as the user who owns the project.') }]
      : [{ check, ...fail(explained.message, explained.advice) }];
  }
};
