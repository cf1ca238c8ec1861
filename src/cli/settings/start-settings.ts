import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CONTAINER, ENVIRONMENT } from '../../contract/environment.ts';
import { FAULTS } from '../errors/faults.ts';
import type { Flags } from '../handler.ts';
import type { Runtime } from '../runtime.ts';
import { readEnvironmentFlags } from './environment-flags.ts';
import { parseFlags } from './parse-flags.ts';

const DEFAULT_PORT = 443;
/** In a clone nobody is expected to be root, and the current folder holds the sources. */
const CHECKOUT = { port: 8443, folder: 'project' } as const;
const DEFAULT_TIMEOUT_SECONDS = 60;
const CONTAINER_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

const RawTarget = z.object({
  folder: z.string().optional(),
  name: z.string().optional(),
  timeout: z.string().optional(),
  local: z.boolean().optional(),
  foreground: z.boolean().optional(),
  yes: z.boolean().optional(),
});

const RawStart = RawTarget.extend({
  port: z.string().optional(),
  image: z.string().min(1).optional(),
  baseImage: z.string().min(1).optional(),
  passphrase: z.string().optional(),
  passphraseFile: z.string().optional(),
  generatePassphrase: z.string().min(1).optional(),
  env: z.array(z.string()).optional(),
  cred: z.string().optional(),
  restart: z.enum(['no', 'on-failure', 'unless-stopped']).optional(),
});

/** Which dashboard, and how long to wait for it. */
export interface TargetSettings {
  /** Absolute path. */
  readonly folder: string;
  /** False when it is the current folder for want of an option. */
  readonly folderGiven: boolean;
  readonly name: string;
  /** False when it is the default for want of an option. */
  readonly nameGiven: boolean;
  readonly timeoutSeconds: number;
  readonly local: boolean;
  readonly yes: boolean;
}

/** How a dashboard is to be started; checked. */
export interface StartSettings extends TargetSettings {
  readonly port: number;
  readonly portGiven: boolean;
  /** Undefined: ours. */
  readonly image: string | undefined;
  readonly baseImage: string | undefined;
  readonly passphrase: string | undefined;
  /** Absolute path. */
  readonly passphraseFile: string | undefined;
  /** Absolute path of a file that gets a new passphrase. */
  readonly generatePassphrase: string | undefined;
  readonly environment: ReadonlyMap<string, string>;
  readonly credential: string | undefined;
  readonly restart: 'no' | 'on-failure' | 'unless-stopped';
  /** Stay until the backend ends; with a plain process only. */
  readonly foreground: boolean;
  /** What should be said about the options themselves. */
  readonly warnings: readonly string[];
}

/** What options left out fall back to, where it is not the same for everybody. */
export interface StartDefaults {
  readonly folder?: string;
  readonly port?: number;
  readonly image?: string | undefined;
  readonly restart?: StartSettings['restart'] | undefined;
  readonly local?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

const wholeNumber = (text: string): number => (/^\d{1,6}$/.test(text) ? Number(text) : Number.NaN);

/** True for a container's first process and for a systemd service's own, which both end when this process does. */
const isMainProcess = ({ pid, environment }: Runtime): boolean =>
  pid === 1 || environment['SYSTEMD_EXEC_PID'] === String(pid);

/** @throws CliError `port_invalid` */
export const readPort = (text: string): number => {
  const port = wholeNumber(text);
  if (!(port >= 1 && port <= 65535)) {
    throw FAULTS.portInvalid({ value: text });
  }
  return port;
};

const readTimeout = (text: string | undefined): number => {
  const seconds = text === undefined ? DEFAULT_TIMEOUT_SECONDS : wholeNumber(text);
  if (!(seconds >= 1)) {
    throw FAULTS.usage({ what: `--timeout ${text ?? ''} is not a number of seconds.` });
  }
  return seconds;
};

const defaultFolder = ({ checkout, packageRoot }: Runtime): string =>
  checkout ? join(packageRoot, CHECKOUT.folder) : '.';

const readTarget = (raw: z.infer<typeof RawTarget>, runtime: Runtime): TargetSettings => {
  const name = raw.name ?? CONTAINER.name;
  if (!CONTAINER_NAME.test(name)) {
    throw FAULTS.usage({ what: `--name ${name} may hold letters, digits, ".", "_" and "-" only.` });
  }
  return {
    folder: resolve(runtime.cwd, raw.folder ?? defaultFolder(runtime)),
    folderGiven: raw.folder !== undefined || runtime.checkout,
    name,
    nameGiven: raw.name !== undefined,
    timeoutSeconds: readTimeout(raw.timeout),
    local: raw.local === true,
    yes: raw.yes === true,
  };
};

/** @throws CliError on an option that cannot be used */
export const readTargetSettings = (flags: Flags, runtime: Runtime): TargetSettings =>
  readTarget(parseFlags(RawTarget, flags), runtime);

/** The database that the command's own environment names; it holds like `--env`. */
const databaseOf = ({ environment }: Runtime): readonly (readonly [string, string])[] => {
  const url = environment[ENVIRONMENT.databaseUrl];
  return url === undefined || url === '' ? [] : [[ENVIRONMENT.databaseUrl, url]];
};

/** @throws CliError on an option that cannot be used */
export const readStartSettings = (
  flags: Flags,
  runtime: Runtime,
  defaults: StartDefaults = {},
): StartSettings => {
  const raw = parseFlags(RawStart, flags);
  const { environment, warnings } = readEnvironmentFlags(raw.env ?? [], runtime.environment);
  const target = readTarget(raw, runtime);
  const local = target.local || defaults.local === true;
  if (raw.foreground === true && !local) {
    throw FAULTS.usage({
      what: '--foreground requires --local: an engine keeps a container running by itself.',
    });
  }
  return {
    ...target,
    folder: target.folderGiven ? target.folder : (defaults.folder ?? target.folder),
    local,
    port:
      raw.port === undefined
        ? (defaults.port ?? (runtime.checkout ? CHECKOUT.port : DEFAULT_PORT))
        : readPort(raw.port),
    portGiven: raw.port !== undefined,
    image: raw.image ?? defaults.image,
    baseImage: raw.baseImage ?? runtime.environment['NVFL_BASE_IMAGE'],
    passphrase: raw.passphrase,
    passphraseFile: raw.passphraseFile === undefined ? undefined : resolve(runtime.cwd, raw.passphraseFile),
    generatePassphrase:
      raw.generatePassphrase === undefined ? undefined : resolve(runtime.cwd, raw.generatePassphrase),
    environment: new Map([
      ...Object.entries(defaults.environment ?? {}),
      ...databaseOf(runtime),
      ...environment,
    ]),
    credential: raw.cred,
    restart: raw.restart ?? defaults.restart ?? 'unless-stopped',
    foreground: local && (raw.foreground ?? isMainProcess(runtime)),
    warnings,
  };
};
