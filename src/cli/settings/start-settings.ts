import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CONTAINER, ENVIRONMENT } from '../../contract/environment.ts';
import { RESTART_POLICIES, type RestartPolicy } from '../../engine/spec.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { Flags } from '../handler.ts';
import type { Runtime } from '../runtime.ts';
import { BackupFlags, backupEnvironment } from './backup-flags.ts';
import { requireCredential } from './credential.ts';
import type { DashboardFile } from './dashboard-file.ts';
import { readEnvironmentFlags } from './environment-flags.ts';
import { firstOf, type SettingSource, type Sourced } from './first-of.ts';
import { parseFlags } from './parse-flags.ts';
import { readFirstLine } from './read-first-line.ts';
import { readDashboardFile } from './read-dashboard-file.ts';
import { findSystemdCredentials } from './systemd-credentials.ts';

const DEFAULT_PORT = 443;
/** In a clone nobody is expected to be root, and the current folder holds the sources. */
const CHECKOUT = { port: 8443, folder: 'project' } as const;
const DEFAULT_TIMEOUT_SECONDS = 60;

const RawTarget = z.object({
  folder: z.string().optional(),
  name: z.string().optional(),
  timeout: z.number().optional(),
  local: z.boolean().optional(),
  yes: z.boolean().optional(),
});

const RawStart = RawTarget.extend({
  foreground: z.boolean().optional(),
  port: z.number().optional(),
  bind: z.string().optional(),
  image: z.string().optional(),
  baseImage: z.string().optional(),
  passphrase: z.string().optional(),
  passphraseFile: z.string().optional(),
  generatePassphrase: z.string().min(1).optional(),
  ...BackupFlags.shape,
  env: z.array(z.string()).optional(),
  cred: z.string().optional(),
  credFile: z.string().optional(),
  restart: z.enum(RESTART_POLICIES).optional(),
  strict: z.boolean().optional(),
});
type RawStart = z.infer<typeof RawStart>;

/** Which dashboard, and how long to wait for it. */
export interface TargetSettings {
  /** Absolute path. */
  readonly folder: string;
  /** False when it is the current folder for want of an option. */
  readonly folderGiven: boolean;
  readonly name: string;
  /** False when it is the default, or that of the folder's file, for want of an option. */
  readonly nameGiven: boolean;
  readonly timeoutSeconds: number;
  readonly local: boolean;
  /** The folder's file says `local`: a plain process is expected, and an engine may be missing. */
  readonly engineOptional: boolean;
  readonly yes: boolean;
}

/** Describes how a dashboard is to be started; checked. */
export interface StartSettings extends TargetSettings {
  readonly port: number;
  readonly portGiven: boolean;
  /** Undefined: the one of this package. */
  readonly image: string | undefined;
  readonly baseImage: string | undefined;
  readonly passphrase: string | undefined;
  /** Absolute path. */
  readonly passphraseFile: string | undefined;
  /** Absolute path of a file that gets a new passphrase. */
  readonly generatePassphrase: string | undefined;
  readonly environment: ReadonlyMap<string, string>;
  readonly credential: string | undefined;
  /** The option or file that named the credential, for errors. */
  readonly credentialSource: string;
  readonly restart: RestartPolicy;
  /** Reject a web certificate that is not valid now, which is otherwise served with a warning. */
  readonly strict: boolean;
  /** Stay until the backend ends; with a plain process only. */
  readonly foreground: boolean;
  /** Where each setting came from, by its name in dashboard.yaml; variables as `env NAME`. */
  readonly sources: ReadonlyMap<string, SettingSource>;
  /** Warnings about the options themselves. */
  readonly warnings: readonly string[];
}

/** Describes what a running dashboard was started with, which holds where neither option nor file says otherwise. */
export interface StartDefaults {
  readonly folder?: string;
  readonly name?: string;
  readonly port?: number;
  readonly image?: string | undefined;
  readonly restart?: RestartPolicy | undefined;
  readonly local?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** True for a container's first process and for a systemd service's own, which both end when this process does. */
const isMainProcess = ({ pid, environment }: Runtime): boolean =>
  pid === 1 || environment['SYSTEMD_EXEC_PID'] === String(pid);

const defaultFolder = ({ checkout, packageRoot }: Runtime): string =>
  checkout ? join(packageRoot, CHECKOUT.folder) : '.';

const targetOf = (
  raw: z.infer<typeof RawTarget>,
  file: DashboardFile,
  folder: string,
  runtime: Runtime,
): TargetSettings => ({
  folder,
  folderGiven: raw.folder !== undefined || runtime.checkout,
  name: raw.name ?? file.name ?? CONTAINER.name,
  nameGiven: raw.name !== undefined,
  timeoutSeconds: raw.timeout ?? file.timeout ?? DEFAULT_TIMEOUT_SECONDS,
  local: raw.local === true,
  engineOptional: file.local === true,
  yes: raw.yes === true,
});

/**
 * Which dashboard a command is about. A settings file that cannot be used changes nothing: the dashboard may need to be
 * stopped.
 */
export const readTargetSettings = async (flags: Flags, runtime: Runtime): Promise<TargetSettings> => {
  const raw = parseFlags(RawTarget, flags);
  const folder = resolve(runtime.cwd, raw.folder ?? defaultFolder(runtime));
  const found = await readDashboardFile(folder, runtime.environment).catch(() => undefined);
  return targetOf(raw, found?.settings ?? {}, folder, runtime);
};

/** The database that the command's own environment names; it holds like `--env`. */
const databaseOf = ({ environment }: Runtime): ReadonlyMap<string, string> => {
  const url = environment[ENVIRONMENT.databaseUrl];
  return new Map(url === undefined || url === '' ? [] : [[ENVIRONMENT.databaseUrl, url]]);
};

const bindOf = (address: string | undefined): readonly (readonly [string, string])[] =>
  address === undefined ? [] : [[ENVIRONMENT.webHost, address]];

const backupsInFile = (
  file: DashboardFile,
  { folder, local }: { readonly folder: string; readonly local: boolean },
): readonly (readonly [string, string])[] =>
  backupEnvironment(
    {
      backupEvery: file['backup-every'],
      backupKeep: file['backup-keep']?.toString(),
      backupFolder: file['backup-folder'],
    },
    { option: 'backup-folder', cwd: folder, folder, local },
  );

/** Lays the variables of several sources over one another, the last of a name winning. */
const layer = (
  layers: readonly (readonly [SettingSource, Iterable<readonly [string, string]>])[],
): ReadonlyMap<string, Sourced<string>> =>
  new Map(
    layers.flatMap(([source, variables]) =>
      [...variables].map(([name, value]) => [name, { value, source }] as const),
    ),
  );

/** Where a secret is read from: by option, else where the environment has none, by credential and file. */
const secretFile = (
  candidates: readonly (readonly [SettingSource, string | undefined])[],
  inEnvironment: boolean,
): Sourced<string | undefined> => {
  const [flag, ...others] = candidates;
  const ranked = [...(flag === undefined ? [] : [flag]), ...(inEnvironment ? [] : others)];
  return firstOf<string | undefined>(ranked, undefined);
};

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/**
 * Every setting of a start: flags win, then this command's environment, credentials of systemd, dashboard.yaml, what the
 * running dashboard has, and the default.
 *
 * @throws CliError on a value that cannot be used
 */
export const readStartSettings = async (
  flags: Flags,
  runtime: Runtime,
  defaults: StartDefaults = {},
): Promise<StartSettings> => {
  const raw: RawStart = parseFlags(RawStart, flags);
  const folderGiven = raw.folder !== undefined || runtime.checkout;
  const named = resolve(runtime.cwd, raw.folder ?? defaultFolder(runtime));
  const folder = folderGiven ? named : (defaults.folder ?? named);
  const file = (await readDashboardFile(folder, runtime.environment))?.settings ?? {};
  const credentials = await findSystemdCredentials(runtime);
  const host = runtime.environment;
  const inFile = (path: string | undefined) => (path === undefined ? undefined : resolve(folder, path));
  const onCommandLine = (path: string | undefined) =>
    path === undefined ? undefined : resolve(runtime.cwd, path);

  const local = raw.local ?? file.local ?? defaults.local ?? false;
  const { environment: given, warnings } = readEnvironmentFlags(raw.env ?? [], host);
  const variables = layer([
    ['running dashboard', Object.entries(defaults.environment ?? {})],
    ['dashboard.yaml', [...Object.entries(file.env ?? {}), ...bindOf(file.bind)]],
    ['dashboard.yaml', backupsInFile(file, { folder, local })],
    ['systemd credential', credentials.environment],
    ['environment', databaseOf(runtime)],
    ['flag', [...given, ...bindOf(raw.bind)]],
    ['flag', backupEnvironment(raw, { option: '--backup-folder', cwd: runtime.cwd, folder, local })],
  ]);
  const has = (name: string) => isSet(given.get(name)) || isSet(host[name]);
  const passphraseFile = secretFile(
    [
      ['flag', onCommandLine(raw.passphraseFile)],
      ['systemd credential', credentials.passphraseFile],
      ['dashboard.yaml', inFile(file['passphrase-file'])],
    ],
    raw.passphrase !== undefined || has(ENVIRONMENT.passphrase),
  );
  const credentialFile = secretFile(
    [
      ['flag', onCommandLine(raw.credFile)],
      ['systemd credential', credentials.credentialFile],
      ['dashboard.yaml', inFile(file['cred-file'])],
    ],
    raw.cred !== undefined || has(ENVIRONMENT.credential),
  );
  if (raw.cred !== undefined && raw.credFile !== undefined) {
    throw CLI_ERRORS.usage({ what: '--cred and --cred-file exclude each other.' });
  }
  if (raw.passphrase !== undefined && raw.passphraseFile !== undefined) {
    throw CLI_ERRORS.usage({ what: '--passphrase and --passphrase-file exclude each other.' });
  }
  const credential =
    credentialFile.value === undefined
      ? firstOf<string | undefined>(
          [
            ['flag', raw.cred],
            ['dashboard.yaml', has(ENVIRONMENT.credential) ? undefined : file.cred],
          ],
          undefined,
        )
      : { value: await readFirstLine(credentialFile.value, 'credential'), source: credentialFile.source };

  requireCredential(raw.cred, '--cred');
  const settings = {
    port: firstOf(
      [
        ['flag', raw.port],
        ['dashboard.yaml', file.port],
        ['running dashboard', defaults.port],
      ],
      runtime.checkout ? CHECKOUT.port : DEFAULT_PORT,
    ),
    image: firstOf<string | undefined>(
      [
        ['flag', raw.image],
        ['dashboard.yaml', file.image],
        ['running dashboard', defaults.image],
      ],
      undefined,
    ),
    'base-image': firstOf<string | undefined>(
      [
        ['flag', raw.baseImage],
        ['environment', host['NVFL_BASE_IMAGE']],
        ['dashboard.yaml', file['base-image']],
      ],
      undefined,
    ),
    local: firstOf(
      [
        ['flag', raw.local],
        ['dashboard.yaml', file.local],
        ['running dashboard', defaults.local],
      ],
      false,
    ),
    foreground: firstOf<boolean | undefined>(
      [
        ['flag', raw.foreground],
        ['dashboard.yaml', file.foreground],
      ],
      undefined,
    ),
    restart: firstOf<RestartPolicy>(
      [
        ['flag', raw.restart],
        ['dashboard.yaml', file.restart],
        ['running dashboard', defaults.restart],
      ],
      'unless-stopped',
    ),
    strict: firstOf(
      [
        ['flag', raw.strict],
        ['dashboard.yaml', file.strict],
      ],
      false,
    ),
    name: firstOf(
      [
        ['flag', raw.name],
        ['dashboard.yaml', file.name],
        ['running dashboard', defaults.name],
      ],
      CONTAINER.name,
    ),
    timeout: firstOf(
      [
        ['flag', raw.timeout],
        ['dashboard.yaml', file.timeout],
      ],
      DEFAULT_TIMEOUT_SECONDS,
    ),
  };
  if (raw.foreground === true && !local) {
    throw CLI_ERRORS.usage({
      what: '--foreground requires --local: an engine keeps a container running by itself.',
    });
  }
  const folderSource: SettingSource =
    raw.folder === undefined ? (folder === named ? 'default' : 'running dashboard') : 'flag';
  return {
    ...targetOf(raw, file, folder, runtime),
    name: settings.name.value,
    local,
    port: settings.port.value,
    portGiven: raw.port !== undefined,
    image: settings.image.value,
    baseImage: settings['base-image'].value,
    passphrase: raw.passphrase,
    passphraseFile: passphraseFile.value,
    generatePassphrase: onCommandLine(raw.generatePassphrase),
    environment: new Map([...variables].map(([name, { value }]) => [name, value])),
    credential: credential.value,
    credentialSource:
      credentialFile.value ?? (credential.source === 'dashboard.yaml' ? 'cred of dashboard.yaml' : '--cred'),
    restart: settings.restart.value,
    strict: settings.strict.value,
    foreground: local && (settings.foreground.value ?? isMainProcess(runtime)),
    sources: new Map<string, SettingSource>([
      ['folder', folderSource],
      ...Object.entries(settings).map(([name, { source }]) => [name, source] as const),
      ['passphrase-file', passphraseFile.source],
      ['cred', credential.source],
      ...[...variables].map(([name, { source }]) => [`env ${name}`, source] as const),
    ]),
    warnings,
  };
};
