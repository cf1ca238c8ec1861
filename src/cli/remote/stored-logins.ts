import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { isMissing } from '../../contract/error-code.ts';
import { REMOTE_ERRORS } from './remote-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';
import type { Runtime } from '../runtime.ts';

const StoredLogin = z.object({
  email: z.string(),
  token: z.string(),
  id: z.string(),
  /** Absolute path of a PEM file, where the host's CAs are not enough. */
  ca: z.string().optional(),
});
export type StoredLogin = z.infer<typeof StoredLogin>;

const StoredLogins = z.object({
  /** Address used when none is given. */
  current: z.string().optional(),
  logins: z.record(z.string(), StoredLogin),
});
export type StoredLogins = z.infer<typeof StoredLogins>;

/** Path of the file that holds access tokens, readable by its owner only. */
const loginsFile = ({ environment, home }: Runtime): string =>
  join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'nvflare-dashboard', 'logins.json');

/** Reads all stored log-ins. @throws CliError `file_unusable` */
export const readLogins = async (runtime: Runtime): Promise<StoredLogins> => {
  const path = loginsFile(runtime);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) {
      return undefined;
    }
    throw REMOTE_ERRORS.loginsUnusable({ path, reason: systemReason(error) }, { cause: error });
  });
  if (text === undefined) {
    return { logins: {} };
  }
  try {
    return StoredLogins.parse(JSON.parse(text));
  } catch (error) {
    throw REMOTE_ERRORS.loginsUnusable({ path, reason: 'it is damaged' }, { cause: error });
  }
};

/** Replaces the file as a whole, so that an interrupted write loses nothing. */
export const writeLogins = async (runtime: Runtime, logins: StoredLogins): Promise<string> => {
  const path = loginsFile(runtime);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${runtime.pid}`;
  await writeFile(fresh, `${JSON.stringify(logins, undefined, 2)}\n`, { mode: 0o600 });
  await rename(fresh, path);
  return path;
};
