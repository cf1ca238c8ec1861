import { CONTAINER, ENVIRONMENT } from '../../domain/environment.ts';
import { DEFAULT_LIMITS, type ContainerSpec } from '../../engine/spec.ts';
import { packageVersion } from '../package-version.ts';
import type { StartSettings } from '../settings/start-settings.ts';

/** How an image that is not ours starts its backend. */
const FOREIGN_COMMAND = ['python3', '-m', 'nvflare.dashboard.wsgi'];

/** What decides how the container looks. */
export interface SpecWish {
  readonly settings: StartSettings;
  readonly owner: { readonly uid: number; readonly gid: number };
  /** The image is of this product. */
  readonly ours: boolean;
  readonly reference: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly packageRoot: string;
}

const inside = (settings: StartSettings): { readonly folder: string; readonly port: number } => ({
  folder: settings.environment.get(ENVIRONMENT.webRoot) ?? CONTAINER.folder,
  port: Number(settings.environment.get(ENVIRONMENT.webPort) ?? CONTAINER.port),
});

/** The container that a start asks for. Pure. */
export const containerSpec = (wish: SpecWish): ContainerSpec => {
  const { settings, ours } = wish;
  const { folder, port } = inside(settings);
  const shared = {
    name: settings.name,
    image: wish.reference,
    version: packageVersion(wish.packageRoot),
    folder: { host: settings.folder, container: folder },
    port: { host: settings.port, container: port },
    user: wish.owner,
    restart: settings.restart,
    limits: DEFAULT_LIMITS,
  };
  return ours
    ? {
        ...shared,
        environment: {
          ...wish.environment,
          [ENVIRONMENT.webRoot]: folder,
          [ENVIRONMENT.webPort]: String(port),
          [ENVIRONMENT.secretsOnStdin]: '1',
        },
        secretsOnStdin: true,
        hardened: true,
      }
    : {
        ...shared,
        environment: wish.environment,
        command: FOREIGN_COMMAND,
        secretsOnStdin: false,
        hardened: false,
      };
};
