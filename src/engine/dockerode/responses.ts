import { z } from 'zod';
import { CONTAINER, ENVIRONMENT } from '../../contract/environment.ts';
import type { ContainerState, ImageState } from '../engine.ts';
import { LABELS } from '../spec.ts';

const Labels = z.record(z.string(), z.string()).nullish();

const Container = z.object({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  Created: z.string(),
  RestartCount: z.number().catch(0),
  Config: z.object({ Image: z.string(), Labels, Env: z.array(z.string()).nullish() }),
  HostConfig: z
    .object({
      PortBindings: z
        .record(
          z.string(),
          z.array(z.object({ HostIp: z.string().optional(), HostPort: z.string().optional() })).nullish(),
        )
        .nullish(),
    })
    .optional(),
  Mounts: z
    .array(z.object({ Source: z.string().optional(), Destination: z.string() }))
    .nullish()
    .catch(undefined),
  State: z.object({
    Status: z
      .enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'])
      .catch('exited'),
    ExitCode: z.number().catch(0),
    OOMKilled: z.boolean().catch(false),
    Restarting: z.boolean().catch(false),
    StartedAt: z.string().optional(),
    Health: z
      .object({ Status: z.enum(['none', 'starting', 'healthy', 'unhealthy']).catch('none') })
      .nullish(),
  }),
});

const environmentOf = (entries: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    entries.map((entry) => {
      const [name = '', ...value] = entry.split('=');
      return [name, value.join('=')];
    }),
  );

/** The host's folder that is mounted where the backend looks for its project. */
const mountedFolder = (
  mounts: z.infer<typeof Container>['Mounts'],
  environment: Readonly<Record<string, string>>,
): string | undefined => {
  const inside = environment[ENVIRONMENT.webRoot] ?? CONTAINER.folder;
  return mounts?.find(({ Destination }) => Destination === inside)?.Source;
};

const published = (
  hostConfig: z.infer<typeof Container>['HostConfig'],
  environment: Readonly<Record<string, string>>,
): { readonly HostIp?: string | undefined; readonly HostPort?: string | undefined } => {
  const inside = environment[ENVIRONMENT.webPort] ?? String(CONTAINER.port);
  return hostConfig?.PortBindings?.[`${inside}/tcp`]?.[0] ?? {};
};

const EVERYWHERE: ReadonlySet<string> = new Set(['', '0.0.0.0', '::']);

const NEVER = '0001-01-01T00:00:00Z';

/** Parses the engine's description of a container. */
export const containerState = (response: unknown): ContainerState => {
  const { Id, Name, Image, Created, RestartCount, Config, HostConfig, Mounts, State } =
    Container.parse(response);
  const labels = Config.Labels ?? {};
  const environment = environmentOf(Config.Env ?? []);
  // One of another tool has only what its image and its settings say.
  const { HostIp = '', HostPort } = published(HostConfig, environment);
  const port = Number(labels[LABELS.port] ?? HostPort);
  return {
    id: Id,
    name: Name.replace(/^\//, ''),
    image: Config.Image,
    imageId: Image,
    status: State.Restarting ? 'restarting' : State.Status,
    health: State.Health?.Status ?? 'none',
    exitCode: State.ExitCode,
    outOfMemory: State.OOMKilled,
    restarts: RestartCount,
    createdAt: Created,
    startedAt: State.StartedAt === NEVER ? undefined : State.StartedAt,
    labels,
    environment,
    managed: labels[LABELS.spec] !== undefined,
    dashboard: labels[LABELS.spec] !== undefined || labels[LABELS.image] !== undefined,
    folder: labels[LABELS.folder] ?? mountedFolder(Mounts, environment),
    address: EVERYWHERE.has(HostIp) ? undefined : HostIp,
    port: Number.isInteger(port) && port > 0 ? port : undefined,
    context: labels[LABELS.context],
  };
};

const Image = z.object({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  Size: z.number(),
  Architecture: z.string(),
  Config: z.object({ Labels }).nullish(),
});

/** Parses the engine's description of an image. */
export const imageState = (response: unknown): ImageState => {
  const { Id, RepoTags, Size, Architecture, Config } = Image.parse(response);
  const labels = Config?.Labels ?? {};
  return {
    id: Id.startsWith('sha256:') ? Id : `sha256:${Id}`,
    references: RepoTags ?? [],
    sizeBytes: Size,
    labels,
    architecture: Architecture,
    dashboardVersion: labels[LABELS.image],
    context: labels[LABELS.context],
    base: labels[LABELS.base],
  };
};
