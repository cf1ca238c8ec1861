import { EXIT } from '../../exit-codes.ts';
import type { Handler } from '../../handler.ts';
import type { BackendCondition } from '../../backend/probe.ts';
import { askRunning, findRunning } from '../../deployment/running.ts';
import type { Running } from '../../deployment/running-dashboard.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

const conditionLines = (
  { version, frozen, sealed, warnings }: BackendCondition,
  kind: Running['kind'],
): readonly string[] => [
  `  Version: ${version}, ${kind === 'process' ? 'a plain process' : 'in a container'}`,
  `  Project: ${frozen ? 'frozen' : 'not frozen yet'}`,
  ...(sealed ? ['  Sealed:  kits wait for the passphrase (dashboard unseal)'] : []),
  ...(warnings > 0 ? [`  Warned:  ${warnings} at its start (dashboard logs)`] : []),
];

/** `dashboard status`: what runs, where, and whether it answers. */
export const status: Handler = async (flags, _words, { runtime }) => {
  const settings = readTargetSettings(flags, runtime);
  const running = await findRunning(settings, runtime);
  if (running === undefined) {
    return { data: { state: 'not running' }, lines: ['No dashboard is running.'], exitCode: EXIT.failed };
  }
  const answering = await askRunning(running, runtime);
  const { kind, folder, port } = running;
  const own = running.kind === 'process' ? { pid: running.state.pid } : { container: running.state.status };
  if (answering === undefined) {
    const detail = running.kind === 'container' ? ` (container ${running.state.status})` : '';
    return {
      data: { state: 'not answering', kind, folder, port, ...own },
      lines: [`The dashboard on port ${port} does not answer${detail}.`],
      exitCode: EXIT.failed,
    };
  }
  const { condition, origin } = answering;
  return {
    data: { state: 'running', kind, folder, port, url: `${origin}/`, ...own, ...condition },
    lines: [
      `Running: ${origin}/`,
      `  Folder:  ${folder ?? 'unknown'}`,
      ...(running.kind === 'container' && condition === undefined
        ? [`  Image:   ${running.state.image}`]
        : []),
      ...(condition === undefined ? [] : conditionLines(condition, kind)),
    ],
  };
};
