import { isUp } from '../../../engine/engine.ts';
import { EngineError } from '../../../engine/errors.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { findEngine } from '../../deployment/container/find-engine.ts';
import { listProcesses } from '../../deployment/process/list-processes.ts';
import { askRunning, inContainer } from '../../deployment/running.ts';
import type { Running } from '../../deployment/running-dashboard.ts';
import { tableLines } from '../../output/table-lines.ts';

const COLUMNS = ['NAME', 'STATE', 'PORT', 'VERSION', 'FOLDER'] as const;

/** Every container of this product; none where no engine responds. */
const listContainers = async ({ runtime, output }: CommandContext): Promise<readonly Running[]> => {
  try {
    const engine = await findEngine(runtime);
    return (await engine.listContainers(runtime.signal)).map((state) => inContainer(state, engine));
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'engine_not_found') {
      throw error;
    }
    output.step('No container engine responds: only plain processes are listed.');
    return [];
  }
};

const describe = async (running: Running, { runtime }: CommandContext) => {
  const stopped = running.kind === 'container' && !isUp(running.state);
  const responding = stopped ? undefined : await askRunning(running, runtime);
  const { condition } = responding ?? {};
  const serving = condition?.sealed === true ? 'sealed' : 'running';
  return {
    name: running.kind === 'container' ? running.state.name : `process ${running.state.pid}`,
    kind: running.kind,
    state: stopped ? 'exited' : responding === undefined ? 'not answering' : serving,
    port: running.port,
    version: condition?.version,
    folder: running.folder,
  };
};

/** `dashboard list`: all dashboards of the host. */
export const list: Handler = async (flags, _words, context) => {
  const [processes, containers] = await Promise.all([
    listProcesses(context.runtime),
    flags['local'] === true ? [] : listContainers(context),
  ]);
  const dashboards = await Promise.all(
    [...containers, ...processes].map((running) => describe(running, context)),
  );
  const rows = dashboards.map(({ name, state, port, version, folder }) => [
    name,
    state,
    String(port),
    version ?? '-',
    folder ?? '-',
  ]);
  return {
    data: { dashboards },
    lines: rows.length === 0 ? ['There is no dashboard on this host.'] : tableLines([[...COLUMNS], ...rows]),
  };
};
