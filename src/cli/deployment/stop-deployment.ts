import type { CommandContext } from '../handler.ts';
import type { Deployment } from './deployment.ts';

/**
 * Ends a dashboard that was found, and says so.
 *
 * @throws CliError `run_by_others` when a service would start it again at once; EngineError
 */
export const stopDeployment = async (
  deployment: Deployment,
  timeoutSeconds: number,
  { output }: CommandContext,
): Promise<void> => {
  deployment.checkStop();
  output.step('Stopping the dashboard …');
  if (!(await deployment.stop(timeoutSeconds))) {
    output.warn(`it did not end within ${timeoutSeconds} s and was killed.`);
  }
};
