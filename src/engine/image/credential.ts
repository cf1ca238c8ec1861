import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { dockerConfigFolder, type HostEnvironment } from '../host-environment.ts';
import { registryOf } from './reference.ts';

/** A registry's credential; the keys are those of the engine API. */
export interface RegistryCredential {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

const DOCKER_HUB = 'https://index.docker.io/v1/';
const HELPER_WITHIN_MS = 10_000;

const Config = z.object({
  auths: z.record(z.string(), z.object({ auth: z.string().optional() })).optional(),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
});
const HelperResponse = z.object({ Username: z.string(), Secret: z.string() });

const askHelper = (helper: string, server: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile(
      `docker-credential-${helper}`,
      ['get'],
      { timeout: HELPER_WITHIN_MS },
      (error, stdout) => {
        if (error === null) {
          resolve(stdout);
        } else {
          reject(error instanceof Error ? error : new Error('the credential helper failed'));
        }
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(server);
  });

/**
 * Returns the credential that `docker login` stored for an image's registry, in the settings file or a helper.
 *
 * @returns undefined when there is none (or it cannot be read): the registry is then asked anonymously
 */
export const storedCredential = async (
  surroundings: HostEnvironment,
  reference: string,
): Promise<RegistryCredential | undefined> => {
  const registry = registryOf(reference);
  const server = registry === 'docker.io' ? DOCKER_HUB : registry;
  try {
    const file = join(dockerConfigFolder(surroundings), 'config.json');
    const config = Config.parse(JSON.parse(await readFile(file, 'utf8')));
    const helper = config.credHelpers?.[registry] ?? config.credsStore;
    if (helper !== undefined) {
      const response = HelperResponse.parse(JSON.parse(await askHelper(helper, server)));
      return { username: response.Username, password: response.Secret, serveraddress: server };
    }
    const stored = (config.auths?.[server] ?? config.auths?.[`https://${registry}`])?.auth;
    if (stored === undefined) {
      return undefined;
    }
    const [username = '', ...password] = Buffer.from(stored, 'base64').toString('utf8').split(':');
    return { username, password: password.join(':'), serveraddress: server };
  } catch {
    return undefined;
  }
};
