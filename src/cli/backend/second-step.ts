import { ErrorResponse } from '../../contract/api/response.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { CommandContext } from '../handler.ts';
import { isAttended } from '../runtime.ts';

/** Returns the challenge in the response to a log-in; undefined where no second factor is asked for. */
export const challengeIn = (json: unknown): string | undefined =>
  ErrorResponse.safeParse(json).data?.challenge;

/** Asks the person at the terminal for a code of the second factor. @throws CliError `input_missing` without one */
export const askCode = async ({ runtime }: CommandContext): Promise<string> => {
  if (!isAttended(runtime)) {
    throw CLI_ERRORS.inputMissing({
      what: 'This account has a second factor, and there is no terminal to ask for its code.',
      advice: 'Generate an access token on the page, under Account, and name its file in NVFL_TOKEN_FILE.',
    });
  }
  const { askText } = await import('../prompts/prompts.ts');
  return askText(runtime, 'Code of the second factor:');
};
