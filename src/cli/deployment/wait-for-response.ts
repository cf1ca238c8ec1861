import { setTimeout as wait } from 'node:timers/promises';
import type { Runtime } from '../runtime.ts';
import { askDeployment, type RespondingBackend } from './ask-deployment.ts';
import type { Deployment } from './deployment.ts';

const POLL_MS = 200;
const SETTLED_SECONDS = 5;

/**
 * Waits until a dashboard that is there responds: briefly, or as long as a start may take when it has just begun.
 *
 * @param starting another command is starting it now
 * @returns undefined when it does not
 */
export const waitForResponse = async (
  found: Deployment,
  options: { readonly timeoutSeconds: number; readonly starting: boolean },
  runtime: Runtime,
): Promise<{ readonly deployment: Deployment; readonly responding: RespondingBackend | undefined }> => {
  const { timeoutSeconds, starting } = options;
  const begun = runtime.now();
  const patient = starting || found.startedWithin(timeoutSeconds, begun);
  const seconds = patient ? timeoutSeconds : Math.min(timeoutSeconds, SETTLED_SECONDS);
  for (let deployment = found; ; deployment = await deployment.refresh()) {
    if (deployment.phase === 'paused') {
      return { deployment, responding: undefined };
    }
    const responding = await askDeployment(deployment, runtime);
    if (responding !== undefined) {
      return { deployment, responding };
    }
    if (runtime.now().getTime() - begun.getTime() > seconds * 1000) {
      return { deployment: await deployment.refresh(), responding: undefined };
    }
    await wait(POLL_MS, undefined, { signal: runtime.signal });
  }
};
