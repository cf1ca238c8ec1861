import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Policies of an engine for a container whose process exits by itself. */
export const RESTART_POLICIES = ['no', 'on-failure', 'unless-stopped'] as const;
export type RestartPolicy = (typeof RESTART_POLICIES)[number];

/** Labels of containers and of our image; a container also carries its image's. */
export const LABELS = {
  /** On the image: the package's version. Its presence marks an image as a dashboard. */
  image: 'nvflare-dashboard.image',
  /** On the image: digest of what it was built from, which changes even where the version does not. */
  context: 'nvflare-dashboard.context',
  /** On the image: reference of the base it was built on. */
  base: 'nvflare-dashboard.base',
  /** On the layers of a build's first stage, by which those that are left over are found. */
  stage: 'nvflare-dashboard.stage',
  /** On the container: {@link SpecSettings} as JSON. Its presence marks a container as a dashboard. */
  spec: 'nvflare-dashboard.spec',
  /** On the container: SHA-256 (hex) of the spec label. */
  specHash: 'nvflare-dashboard.spec-hash',
  version: 'nvflare-dashboard.version',
  folder: 'nvflare-dashboard.folder',
  port: 'nvflare-dashboard.port',
} as const;

/** The desired container. Holds no secrets: those go to {@link Engine.startContainer}. */
export interface ContainerSpec {
  readonly name: string;
  /** Reference or ID of an image that the engine has. */
  readonly image: string;
  /** Version of this package, for the label. */
  readonly version: string;
  readonly folder: { readonly host: string; readonly container: string };
  readonly port: {
    readonly host: number;
    readonly container: number;
    /** Host address to listen on; absent: all. */
    readonly address?: string;
  };
  /** User the process runs as; absent: the image's. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly restart: RestartPolicy;
  /** Visible to everyone who may inspect containers. */
  readonly environment: Readonly<Record<string, string>>;
  /** Replaces the image's command and entry point, for NVIDIA's and other images. */
  readonly command?: readonly string[];
  /** Keeps standard input open until the secrets have arrived. */
  readonly secretsOnStdin: boolean;
  /** False for other images, which get no read-only root and keep their capabilities. */
  readonly hardened: boolean;
  readonly limits: {
    readonly memoryBytes: number;
    readonly processes: number;
    /** Of /tmp, which is memory. */
    readonly tmpBytes: number;
    readonly logFileBytes: number;
    readonly logFiles: number;
  };
}

/** Limits under which the backend generates kits on the smallest supported machines. */
export const DEFAULT_LIMITS: ContainerSpec['limits'] = {
  memoryBytes: 1024 ** 3,
  processes: 256,
  tmpBytes: 64 * 1024 ** 2,
  logFileBytes: 10 * 1024 ** 2,
  logFiles: 3,
};

/** The settings of a spec that a person may have chosen; compared, and named when they differ. */
const SpecSettings = z.record(z.string(), z.string());
export type SpecSettings = Readonly<Record<string, string>>;

/** Prefix of a setting that is an environment variable. */
export const ENVIRONMENT_PREFIX = 'env ';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Flattens the spec into settings in a fixed order. Values of environment variables are replaced by digests, so that
 * a label never reveals more than the environment does.
 */
export const specSettings = (spec: ContainerSpec): SpecSettings => ({
  image: spec.image,
  folder: spec.folder.host,
  port: `${spec.port.address ?? '*'}:${spec.port.host}`,
  user: spec.user === undefined ? 'image' : `${spec.user.uid}:${spec.user.gid}`,
  restart: spec.restart,
  command: spec.command === undefined ? 'image' : JSON.stringify(spec.command),
  memory: String(spec.limits.memoryBytes),
  processes: String(spec.limits.processes),
  ...Object.fromEntries(
    Object.entries(spec.environment)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [`${ENVIRONMENT_PREFIX}${name}`, digest(value).slice(0, 16)]),
  ),
});

/** Returns all labels of the desired container. */
export const specLabels = (spec: ContainerSpec): Readonly<Record<string, string>> => {
  const settings = JSON.stringify(specSettings(spec));
  return {
    [LABELS.spec]: settings,
    [LABELS.specHash]: digest(settings),
    [LABELS.version]: spec.version,
    [LABELS.folder]: spec.folder.host,
    [LABELS.port]: String(spec.port.host),
  };
};

/** A setting in which a container differs from the desired one. */
export interface SettingDifference {
  readonly setting: string;
  readonly wanted: string | undefined;
  readonly running: string | undefined;
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Returns the settings in a container's labels; none when it is not a dashboard or its label is damaged. */
export const settingsInLabels = (labels: Readonly<Record<string, string>>): SpecSettings => {
  const label = labels[LABELS.spec];
  const parsed = SpecSettings.safeParse(label === undefined ? undefined : parseJson(label));
  return parsed.success ? parsed.data : {};
};

/**
 * Compares the desired container with the labels of an existing one.
 *
 * @returns nothing when both agree; all settings when this product did not create the container or its label is damaged
 */
export const specDifferences = (
  wanted: ContainerSpec,
  labels: Readonly<Record<string, string>>,
): readonly SettingDifference[] => {
  const wantedSettings = specSettings(wanted);
  const running = settingsInLabels(labels);
  return [...new Set([...Object.keys(wantedSettings), ...Object.keys(running)])]
    .filter((setting) => wantedSettings[setting] !== running[setting])
    .map((setting) => ({
      setting,
      wanted: wantedSettings[setting],
      running: running[setting],
    }));
};
