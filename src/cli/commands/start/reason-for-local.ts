import { CliError } from '../../errors/cli-error.ts';
import { engineErrorText } from '../../errors/engine-error-text.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import type { StartSettings } from '../../settings/start-settings.ts';

const REASONS: ReadonlyMap<ExitCode, string> = new Map([
  [EXIT.noEngine, 'No container engine responds'],
  [EXIT.noImage, 'The image cannot be built or pulled here'],
]);

/**
 * Returns why a dashboard that could not start in a container can start without one, or undefined when it cannot:
 * an image that was asked for by name is what the user wants to run.
 */
export const reasonForLocal = (
  error: unknown,
  { local, image }: Pick<StartSettings, 'local' | 'image'>,
): string | undefined => {
  const known = error instanceof CliError ? error : engineErrorText(error);
  return local || image !== undefined || known === undefined ? undefined : REASONS.get(known.exitCode);
};
