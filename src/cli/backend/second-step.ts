import { ErrorResponse } from '../../contract/api/response.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { CommandContext } from '../handler.ts';
import { isAttended } from '../runtime.ts';

/** Describes what the response to a log-in asks for. */
export interface SecondStep {
  readonly challenge: string;
  /** False where only recovery codes can be typed. */
  readonly hasApp: boolean;
}

/** Returns what the response to a log-in asks for; undefined where no second factor is needed. */
export const secondStepIn = (json: unknown): SecondStep | undefined => {
  const { code, challenge, factors } = ErrorResponse.safeParse(json).data ?? {};
  return code !== 'second_factor_required' || challenge === undefined
    ? undefined
    : { challenge, hasApp: factors?.includes('totp') ?? true };
};

/** Asks the person at the terminal for a code of the second factor. @throws CliError `input_missing` without one */
export const askCode = async ({ runtime }: CommandContext, { hasApp }: SecondStep): Promise<string> => {
  if (!isAttended(runtime)) {
    throw CLI_ERRORS.inputMissing({
      what: 'This account has a second factor, and there is no terminal to ask for its code.',
      advice: 'Generate an access token on the page, under Account, and name its file in NVFL_TOKEN_FILE.',
    });
  }
  const { askText } = await import('../prompts/prompts.ts');
  return askText(
    runtime,
    hasApp
      ? 'Code of the second factor:'
      : 'Recovery code (passkeys work on the page only; an access token needs neither):',
  );
};
