import { z } from 'zod';
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

const NEVER = '0001-01-01T00:00:00Z';

/** Parses the engine's description of a container. */
export const containerState = (response: unknown): ContainerState => {
  const { Id, Name, Image, Created, RestartCount, Config, State } = Container.parse(response);
  const labels = Config.Labels ?? {};
  const port = Number(labels[LABELS.port]);
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
    environment: environmentOf(Config.Env ?? []),
    ours: labels[LABELS.spec] !== undefined,
    folder: labels[LABELS.folder],
    port: Number.isInteger(port) ? port : undefined,
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
    ourVersion: labels[LABELS.image],
    context: labels[LABELS.context],
    base: labels[LABELS.base],
  };
};
