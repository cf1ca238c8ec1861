import { CONTAINER, ENVIRONMENT } from '../../../contract/environment.ts';
import { DEFAULT_LIMITS, type ContainerSpec } from '../../../engine/spec.ts';
import { publishedAddress, publishedEnvironment } from '../listen-address.ts';
import { packageVersion } from '../../package-version.ts';
import type { StartSettings } from '../../settings/start-settings.ts';

/** Command by which NVIDIA's image starts its backend. */
const FOREIGN_COMMAND = ['python3', '-m', 'nvflare.dashboard.wsgi'];

/** Describes what decides how the container looks. */
export interface SpecOptions {
  readonly settings: StartSettings;
  readonly owner: { readonly uid: number; readonly gid: number };
  /** The image is of another program. */
  readonly foreign: boolean;
  readonly reference: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly packageRoot: string;
  /** Address of the host to publish the port on; default: what the environment says. */
  readonly address?: string;
}

const inside = (settings: StartSettings): { readonly folder: string; readonly port: number } => ({
  folder: settings.environment.get(ENVIRONMENT.webRoot) ?? CONTAINER.folder,
  port: Number(settings.environment.get(ENVIRONMENT.webPort) ?? CONTAINER.port),
});

/** The container that a start asks for. Pure. */
export const containerSpec = (options: SpecOptions): ContainerSpec => {
  const { settings, foreign } = options;
  const address = options.address ?? publishedAddress(options.environment);
  const environment = publishedEnvironment(options.environment);
  const { folder, port } = inside(settings);
  const shared = {
    name: settings.name,
    image: options.reference,
    version: packageVersion(options.packageRoot),
    folder: { host: settings.folder, container: folder },
    port: { host: settings.port, container: port, ...(address === undefined ? {} : { address }) },
    user: options.owner,
    restart: settings.restart,
    limits: DEFAULT_LIMITS,
  };
  return foreign
    ? {
        ...shared,
        environment,
        command: FOREIGN_COMMAND,
        secretsOnStdin: false,
        hardened: false,
      }
    : {
        ...shared,
        environment: {
          ...environment,
          [ENVIRONMENT.webRoot]: folder,
          [ENVIRONMENT.webPort]: String(port),
          [ENVIRONMENT.secretsOnStdin]: '1',
        },
        secretsOnStdin: true,
        hardened: true,
      };
};
