import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isLoopback } from '../../contract/loopback.ts';
import { requireOurs } from '../deployment/require-responding.ts';
import { systemReason } from '../../contract/system-reason.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { Flags } from '../handler.ts';
import type { Runtime } from '../runtime.ts';
import { readTargetSettings } from '../settings/start-settings.ts';
import type { Trust } from '../backend/request.ts';
import { ApiClient, type Connection } from './api-client.ts';
import { REMOTE_ERRORS } from './remote-errors.ts';
import { readLogins } from './stored-logins.ts';

const RawConnection = z.object({
  url: z.string().optional(),
  ca: z.string().optional(),
  tokenFile: z.string().optional(),
  allowHttp: z.boolean().optional(),
  folder: z.string().optional(),
  name: z.string().optional(),
  local: z.boolean().optional(),
});

const readText = async (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw CLI_ERRORS.fileUnusable(
      { path, reason: systemReason(error), advice: 'Name a readable file.' },
      { cause: error },
    );
  });

const originOf = (text: string, allowHttp: boolean): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const invalid = (reason: string) => REMOTE_ERRORS.urlInvalid({ url: text, reason });
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw invalid('it is no HTTP or HTTPS address');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('it holds a user name or a password');
  }
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname)) {
    throw invalid('HTTP would send the access token in clear; use HTTPS, or add --allow-http');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
};

/** Where a dashboard is, and how it proves itself. */
export type Address = Pick<Connection, 'origin' | 'trust'> & {
  /** Absolute path of the CA's certificate, where one was named. */
  readonly ca: string | undefined;
};

const trustOf = async (ca: string | undefined): Promise<Trust> =>
  ca === undefined ? 'chain' : { ca: await readText(ca) };

/** The dashboard of this host. @throws CliError `not_running`, `url_invalid` where nobody could be trusted */
const localAddress = async (flags: Flags, runtime: Runtime): Promise<Address> => {
  const { origin, trust } = await requireOurs(await readTargetSettings(flags, runtime), runtime);
  if (trust !== undefined) {
    return { origin, trust, ca: undefined };
  }
  const reason = 'others could read what is sent there';
  throw REMOTE_ERRORS.urlInvalid({ url: origin, reason });
};

/**
 * Finds the dashboard that a command is about: --url, the one of --folder, --name or --local on this host, NVFL_URL, the
 * one of the last log-in, the one of the current folder, in this order.
 *
 * @throws CliError `url_invalid`, `not_running`, `file_unusable`
 */
export const findAddress = async (flags: Flags, runtime: Runtime): Promise<Address> => {
  const raw = RawConnection.parse(flags);
  const here = raw.folder !== undefined || raw.name !== undefined || raw.local === true;
  const { current, logins } = await readLogins(runtime);
  const given = raw.url ?? (here ? undefined : (runtime.environment['NVFL_URL'] ?? current));
  if (given === undefined) {
    return localAddress(flags, runtime);
  }
  const origin = originOf(given, raw.allowHttp ?? given === current);
  const named = raw.ca ?? runtime.environment['NVFL_CA_FILE'];
  const ca = named === undefined ? logins[origin]?.ca : resolve(runtime.cwd, named);
  return { origin, trust: await trustOf(ca), ca };
};

const findToken = async (flags: Flags, runtime: Runtime, origin: string): Promise<string | undefined> => {
  const file = RawConnection.parse(flags).tokenFile ?? runtime.environment['NVFL_TOKEN_FILE'];
  if (file !== undefined) {
    return (await readText(resolve(runtime.cwd, file))).trim();
  }
  return runtime.environment['NVFL_TOKEN'] ?? (await readLogins(runtime)).logins[origin]?.token;
};

/**
 * Connects to the dashboard with an access token: --token-file, NVFL_TOKEN_FILE, NVFL_TOKEN, the one of
 * `dashboard login`, in this order.
 *
 * @throws CliError `login_missing`, and as {@link findAddress}
 */
export const connect = async (flags: Flags, runtime: Runtime, signal: AbortSignal): Promise<ApiClient> => {
  const { origin, trust } = await findAddress(flags, runtime);
  const token = await findToken(flags, runtime, origin);
  if (token === undefined) {
    throw REMOTE_ERRORS.loginMissing({ url: origin });
  }
  return new ApiClient({ origin, trust, token }, signal);
};
