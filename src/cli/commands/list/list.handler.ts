import { EngineError } from '../../../engine/errors.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { findEngine } from '../../deployment/container/find-engine.ts';
import { listProcesses } from '../../deployment/process/list-processes.ts';
import { askDeployment } from '../../deployment/ask-deployment.ts';
import { ContainerDeployment } from '../../deployment/container/container-deployment.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { tableLines } from '../../output/table-lines.ts';

const COLUMNS = ['NAME', 'STATE', 'PORT', 'VERSION', 'FOLDER'] as const;

/** Every container of this product; none where no engine responds. */
const listContainers = async ({ runtime, output }: CommandContext): Promise<readonly Deployment[]> => {
  try {
    const engine = await findEngine(runtime);
    const states = await engine.listContainers(runtime.signal);
    return states.map((state) => new ContainerDeployment(state, engine, runtime));
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'engine_not_found') {
      throw error;
    }
    output.step('No container engine responds: only plain processes are listed.');
    return [];
  }
};

const describe = async (deployment: Deployment, { runtime }: CommandContext) => {
  const stopped = deployment.phase === 'exited';
  const responding = stopped ? undefined : await askDeployment(deployment, runtime);
  const { condition } = responding ?? {};
  const serving = condition?.sealed === true ? 'sealed' : 'running';
  return {
    name: deployment.label,
    kind: deployment.kind,
    state: stopped ? 'exited' : responding === undefined ? 'not answering' : serving,
    port: deployment.port,
    version: condition?.version,
    folder: deployment.folder,
  };
};

/** `dashboard list`: all dashboards of the host. */
export const list: Handler = async (flags, _words, context) => {
  const [processes, containers] = await Promise.all([
    listProcesses(context.runtime),
    flags['local'] === true ? [] : listContainers(context),
  ]);
  const dashboards = await Promise.all(
    [...containers, ...processes].map((deployment) => describe(deployment, context)),
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
