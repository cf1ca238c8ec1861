import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { MaintenanceResponse, type MaintenanceRequest } from '../../contract/maintenance.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { Runtime } from '../runtime.ts';

type Done = Extract<MaintenanceResponse, { readonly ok: true }>;

/**
 * Has the backend's own program do some work on a database of this host.
 *
 * @param owner numeric user and group whose folder it is: root works as them, so that no file becomes root's
 * @returns what it found or did, in a word, with the rows of a copy
 * @throws CliError `not_built`, `maintenance_refused`
 */
export const maintain = async (
  request: MaintenanceRequest,
  runtime: Runtime,
  owner: { readonly uid: number; readonly gid: number },
): Promise<Done> => {
  const entry = join(runtime.packageRoot, 'dist', 'backend', 'entry', 'maintain.js');
  if (!existsSync(entry)) {
    throw CLI_ERRORS.notBuilt({ path: entry });
  }
  const { stdout, shortMessage, stderr } = await execa(runtime.node, [entry], {
    input: JSON.stringify(request),
    reject: false,
    cancelSignal: runtime.signal,
    ...(runtime.uid === 0 ? owner : {}),
  });
  runtime.signal.throwIfAborted();
  const response = MaintenanceResponse.safeParse(stdout === '' ? undefined : JSON.parse(stdout));
  if (!response.success) {
    throw CLI_ERRORS.maintenanceRefused(
      {
        what: `The backend's program ended without a response: ${shortMessage ?? ''}`,
        advice: 'Run it again.',
      },
      { lines: stderr.split('\n').slice(-20) },
    );
  }
  if (response.data.ok) {
    return response.data;
  }
  throw CLI_ERRORS.maintenanceRefused({ what: response.data.message, advice: response.data.advice });
};
