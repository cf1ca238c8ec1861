import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { CommandContext } from '../../handler.ts';
import { isAttended } from '../../runtime.ts';

/**
 * Asks whether a pair may be replaced.
 *
 * @param cert folder of web.crt and web.key
 * @throws CliError `input_missing` where nobody can be asked
 */
export const confirmOverwrite = async (
  cert: string,
  yes: boolean,
  { runtime }: CommandContext,
): Promise<boolean> => {
  if (yes) {
    return true;
  }
  if (!isAttended(runtime)) {
    throw CLI_ERRORS.inputMissing({
      what: `${cert} already holds a web certificate or key, and there is no terminal to ask whether to replace it.`,
      advice: 'Move web.crt and web.key away, or add --yes.',
    });
  }
  const { askConfirmation } = await import('../../prompts/prompts.ts');
  return askConfirmation(runtime, `Replace the web certificate and key in ${cert}?`);
};
