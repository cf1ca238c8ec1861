import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { dockerConfigFolder, type HostEnvironment } from '../host-environment.ts';
import type { TlsFiles } from '../endpoint.ts';

const Config = z.object({ currentContext: z.string().optional() });
const Meta = z.object({
  Endpoints: z.object({ docker: z.object({ Host: z.string() }) }),
});

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Name of the context that `docker context use` chose; undefined for the built-in default. */
export const currentContext = async (surroundings: HostEnvironment): Promise<string | undefined> => {
  const file = join(dockerConfigFolder(surroundings), 'config.json');
  const config = Config.safeParse(await readJson(file));
  const name = config.success ? config.data.currentContext : undefined;
  return name === undefined || name === '' || name === 'default' ? undefined : name;
};

export interface DockerContext {
  /** In the form of DOCKER_HOST. */
  readonly host: string;
  readonly tls: TlsFiles | undefined;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Reads a docker context from the docker command's store.
 *
 * @returns undefined when there is no such context, or it names no docker endpoint
 */
export const readContext = async (
  surroundings: HostEnvironment,
  name: string,
): Promise<DockerContext | undefined> => {
  const store = join(dockerConfigFolder(surroundings), 'contexts');
  const id = createHash('sha256').update(name).digest('hex');
  const meta = Meta.safeParse(await readJson(join(store, 'meta', id, 'meta.json')));
  if (!meta.success) {
    return undefined;
  }
  const folder = join(store, 'tls', id, 'docker');
  const tls = {
    ca: join(folder, 'ca.pem'),
    cert: join(folder, 'cert.pem'),
    key: join(folder, 'key.pem'),
  };
  return {
    host: meta.data.Endpoints.docker.Host,
    tls: (await exists(tls.ca)) ? tls : undefined,
  };
};
