import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode, isForbidden } from '../../../contract/error-code.ts';
import { closedToUser } from '../../folder/closed-to-user.ts';
import { replaceFile } from '../../folder/replace-file.ts';
import { processStart } from './process-identity.ts';

const LocalState = z.object({
  pid: z.number().int().min(2),
  /** See processStart: a recycled process number is never taken for it. */
  startedAt: z.string().min(1),
  port: z.number().int(),
  scheme: z.enum(['http', 'https']),
  version: z.string(),
  /** The service that runs it. */
  unit: z.object({ name: z.string(), user: z.boolean() }).optional(),
  /** Given with `--env` and no secret. */
  environment: z.record(z.string(), z.string()).default({}),
});
/** The plain process that serves a folder, as its start wrote it down. */
export type LocalState = Readonly<z.infer<typeof LocalState>>;

const statePath = (folder: string): string => join(folder, '.dashboard-process.json');

export const localLogPath = (folder: string): string => join(folder, 'dashboard.log');

/** @throws CliError `permission_denied`: a process of another user may run there */
const readState = async (folder: string): Promise<LocalState | undefined> => {
  const path = statePath(folder);
  try {
    return LocalState.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (isForbidden(error)) {
      throw await closedToUser(path, error);
    }
    // Missing, or not written by us: in both cases there is no process that we may touch.
    return undefined;
  }
};

/** The process that serves the folder now; undefined when none does, whatever the file says. @throws CliError `permission_denied` */
export const findLocal = async (
  folder: string,
  platform: NodeJS.Platform,
): Promise<LocalState | undefined> => {
  const state = await readState(folder);
  if (state === undefined) {
    return undefined;
  }
  return (await processStart(state.pid, platform)) === state.startedAt ? state : undefined;
};

/** The process that served the folder and ended without being stopped; undefined when none did. */
export const findEnded = async (
  folder: string,
  platform: NodeJS.Platform,
): Promise<LocalState | undefined> => {
  const state = await readState(folder);
  return state === undefined || (await findLocal(folder, platform)) !== undefined ? undefined : state;
};

export const writeLocalState = (folder: string, state: LocalState): Promise<void> =>
  replaceFile(statePath(folder), `${JSON.stringify(state)}\n`, 0o600);

/** On a disk that became read-only it stays, and names a process that has ended. */
export const removeLocalState = (folder: string): Promise<void> =>
  rm(statePath(folder), { force: true }).catch((error: unknown) => {
    if (errorCode(error) !== 'EROFS') {
      throw error;
    }
  });

/** When the process of the folder was written down: just after it was started. ISO 8601. */
export const localStateTime = async (folder: string): Promise<string> =>
  (await stat(statePath(folder))).mtime.toISOString();
