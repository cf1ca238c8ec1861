import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { z } from 'zod';
import {
  MaintenanceProgress,
  MaintenanceResponse,
  type MaintenanceRequest,
} from '../../contract/maintenance.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { Runtime } from '../runtime.ts';

type Done = Extract<MaintenanceResponse, { readonly ok: true }>;

const parsed = <T>(schema: z.ZodType<T>, line: string): T | undefined =>
  line === '' ? undefined : schema.safeParse(JSON.parse(line)).data;

/**
 * Has the backend's own program do some work on a database of this host.
 *
 * @param owner numeric user and group whose folder it is: root works as them, so that no file becomes root's
 * @param onProgress is told now and then how far a long task has come
 * @returns what it found or did, in a word, with the rows of a copy
 * @throws CliError `not_built`, `maintenance_refused`
 */
export const maintain = async (
  request: MaintenanceRequest,
  runtime: Pick<Runtime, 'packageRoot' | 'node' | 'signal' | 'uid'>,
  owner: { readonly uid: number; readonly gid: number },
  onProgress?: (progress: MaintenanceProgress) => void,
): Promise<Done> => {
  const entry = join(runtime.packageRoot, 'dist', 'backend', 'entry', 'maintain.js');
  if (!existsSync(entry)) {
    throw CLI_ERRORS.notBuilt({ path: entry });
  }
  const child = execa(runtime.node, [entry], {
    input: JSON.stringify(request),
    reject: false,
    cancelSignal: runtime.signal,
    ...(runtime.uid === 0 ? owner : {}),
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const progress = parsed(MaintenanceProgress, line);
    if (progress !== undefined) {
      onProgress?.(progress);
    }
  });
  const { stdout, shortMessage, stderr } = await child;
  runtime.signal.throwIfAborted();
  const response = parsed(MaintenanceResponse, stdout.split('\n').at(-1) ?? '');
  if (response === undefined) {
    throw CLI_ERRORS.maintenanceRefused(
      {
        what: `The backend's program ended without a response: ${shortMessage ?? ''}`,
        advice: 'Run it again.',
      },
      { lines: stderr.split('\n').slice(-20) },
    );
  }
  if (response.ok) {
    return response;
  }
  throw CLI_ERRORS.maintenanceRefused({ what: response.message, advice: response.advice });
};
