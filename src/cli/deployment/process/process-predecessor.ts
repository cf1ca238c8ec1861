import type { Runtime } from '../../runtime.ts';
import type { StartSettings } from '../../settings/start-settings.ts';
import type { Predecessor } from '../predecessor.ts';
import type { LocalState } from './local-state.ts';
import { ProcessLaunch } from './process-launch.ts';
import { stopProcess } from './stop-process.ts';

/** The plain process that a restart replaces; it comes back as a new process with the settings it had. */
export const processPredecessor = (
  folder: string,
  state: LocalState,
  successor: StartSettings,
  runtime: Runtime,
  onKilled: () => void,
): Predecessor => ({
  stepAside: async () => {
    if (!(await stopProcess(folder, state, successor.timeoutSeconds, runtime.platform))) {
      onKilled();
    }
  },
  comeBack: async (secrets) => {
    const { port, scheme, environment } = state;
    const settings = { ...successor, folder, port, foreground: false };
    // An interrupted restart, too, brings it back.
    const uninterrupted = { ...runtime, signal: new AbortController().signal };
    await new ProcessLaunch({ settings, scheme, environment }, uninterrupted).launch(secrets);
  },
  dismiss: () => Promise.resolve(),
});
