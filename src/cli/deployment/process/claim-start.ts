import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../../../contract/error-code.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Runtime } from '../../runtime.ts';
import { findLocal } from './local-state.ts';
import { processStart } from './process-identity.ts';

const Claim = z.object({ pid: z.number().int(), startedAt: z.string() });

/** Whether the command that wrote the claim still runs. */
const isHeld = async (path: string, platform: NodeJS.Platform): Promise<boolean> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  const parsed = Claim.safeParse(text === '' ? undefined : JSON.parse(text));
  return parsed.success && (await processStart(parsed.data.pid, platform)) === parsed.data.startedAt;
};

/** Whether a file that did not exist before was put there. */
const linked = async (from: string, to: string): Promise<boolean> => {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      return false;
    }
    throw error;
  }
};

/**
 * Claims the start of a plain process in a folder, so that of two commands at once only one starts a backend.
 *
 * @returns gives the claim back
 * @throws CliError `being_started` when another command has it, or has just started the dashboard
 */
export const claimStart = async (
  folder: string,
  { pid, platform }: Pick<Runtime, 'pid' | 'platform'>,
): Promise<() => Promise<void>> => {
  const path = join(folder, '.dashboard-start.json');
  const own = `${path}.${pid}`;
  const startedAt = (await processStart(pid, platform)) ?? '';
  try {
    await writeFile(own, JSON.stringify({ pid, startedAt }), { mode: 0o600 });
  } catch {
    // Whatever keeps this file from being written is reported with the one that matters.
    return () => Promise.resolve();
  }
  try {
    // The second attempt is for a claim whose command was killed.
    if (!(await linked(own, path))) {
      if (await isHeld(path, platform)) {
        throw CLI_ERRORS.beingStarted({ what: folder });
      }
      await rm(path, { force: true });
      if (!(await linked(own, path))) {
        throw CLI_ERRORS.beingStarted({ what: folder });
      }
    }
  } finally {
    await rm(own, { force: true });
  }
  const release = (): Promise<void> => rm(path, { force: true });
  if ((await findLocal(folder, platform)) === undefined) {
    return release;
  }
  await release();
  throw CLI_ERRORS.beingStarted({ what: folder });
};
