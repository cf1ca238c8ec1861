import { errorCode } from '../../contract/error-code.ts';
import { isAborted } from '../aborted.ts';
import { readFile } from 'node:fs/promises';
import Docker from 'dockerode';
import { z } from 'zod';
import type { Engine, EngineIdentity } from '../engine.ts';
import { EngineError, type EndpointError } from '../errors.ts';
import { errorText } from '../error-text.ts';
import { formatEndpoint, isLocal, type Endpoint } from '../endpoint.ts';
import { negotiateApi, OLDEST_API } from '../negotiate.ts';
import { raceAbort } from '../race-abort.ts';
import { resolveSshHost, SshAgent, SshError } from './ssh-connection.ts';
import { DockerodeEngine, type DockerodeEngineParts } from './dockerode-engine.ts';

const RESPONSE_MS = 10_000;
/** Connections through ssh take longer, and a key may ask for its passphrase. */
const SSH_WITHIN_MS = 60_000;

const Version = z.object({
  Version: z.string(),
  ApiVersion: z.string(),
  MinAPIVersion: z.string().optional(),
  Components: z.array(z.object({ Name: z.string() })).nullish(),
});
const Info = z.object({ SecurityOptions: z.array(z.string()).nullish(), Rootless: z.boolean().nullish() });

const client = async (endpoint: Endpoint, version: string | undefined): Promise<Docker> => {
  // Every option is set, since dockerode reads the rest from DOCKER_HOST and similar variables.
  const common = { version, timeout: undefined, headers: {} };
  if (endpoint.kind === 'unix') {
    return new Docker({
      ...common,
      socketPath: endpoint.path,
      host: undefined,
      port: undefined,
      protocol: 'http',
      ca: undefined,
      cert: undefined,
      key: undefined,
    });
  }
  if (endpoint.kind === 'ssh') {
    const throughSsh = {
      ...common,
      agent: new SshAgent(endpoint),
      // Of no use to the agent, which opens the connections; with a host docker-modem calls a deprecated function.
      socketPath: 'ssh',
      host: undefined,
      port: undefined,
      protocol: 'http' as const,
      ca: undefined,
      cert: undefined,
      key: undefined,
    };
    return new Docker(throughSsh);
  }
  const { host, port, tls } = endpoint;
  const files =
    tls === undefined
      ? { ca: undefined, cert: undefined, key: undefined }
      : { ca: await readFile(tls.ca), cert: await readFile(tls.cert), key: await readFile(tls.key) };
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return new Docker({
    ...common,
    ...files,
    socketPath: undefined,
    host: bracketed,
    port,
    protocol: tls === undefined ? 'http' : 'https',
  });
};

const REASONS: Readonly<Record<string, EndpointError['reason']>> = {
  ENOENT: 'missing',
  EACCES: 'permission_denied',
  EPERM: 'permission_denied',
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ECONNRESET: 'not_an_engine',
};

const failureOf = (error: unknown, withTls: boolean): Pick<EndpointError, 'reason' | 'detail'> => {
  if (error instanceof SshError) {
    return { reason: 'ssh', detail: error.message };
  }
  if (error instanceof z.ZodError) {
    return { reason: 'not_an_engine', detail: 'what responds there is not a container engine' };
  }
  const code = errorCode(error) ?? '';
  const known = REASONS[code];
  const looksLikeTls = /^(ERR_(TLS|SSL|OSSL)|CERT_|DEPTH_|UNABLE_|SELF_SIGNED|EPROTO)/.test(code);
  if (looksLikeTls || (withTls && code === 'ENOENT')) {
    return { reason: 'tls', detail: errorText(error) };
  }
  if (code.startsWith('HPE_')) {
    return { reason: 'not_an_engine', detail: 'what responds there is not a container engine' };
  }
  return { reason: known ?? 'unreachable', detail: errorText(error) };
};

/** Where the engine's published ports are reached. */
const hostOf = async (endpoint: Endpoint): Promise<string> => {
  if (endpoint.kind === 'ssh') {
    return resolveSshHost(endpoint);
  }
  return endpoint.kind === 'tcp' && !isLocal(endpoint) ? endpoint.host : '127.0.0.1';
};

const identify = async (
  docker: Docker,
  version: z.infer<typeof Version>,
  endpoint: Endpoint,
): Promise<Omit<EngineIdentity, 'source' | 'apiVersion'> & { readonly selinux: boolean }> => {
  const info = Info.parse(await docker.info());
  const options = info.SecurityOptions ?? [];
  const podman = version.Components?.some(({ Name }) => Name.startsWith('Podman')) ?? false;
  return {
    product: podman ? 'podman' : 'docker',
    version: version.Version,
    endpoint: formatEndpoint(endpoint),
    // Docker lists it among the security options, Podman 4.3 only as a field of its own.
    rootless: info.Rootless === true || options.some((option) => option.includes('name=rootless')),
    selinux: options.some((option) => option.includes('name=selinux')),
    local: isLocal(endpoint),
    host: await hostOf(endpoint),
  };
};

/**
 * Connects to the engine at the endpoint.
 *
 * @returns the engine, or why there is none
 * @throws EngineError `engine_too_old`, `aborted`
 */
export const openEngine = async (
  endpoint: Endpoint,
  source: string,
  credentialFor: DockerodeEngineParts['credentialFor'],
  signal: AbortSignal | undefined,
): Promise<Engine | EndpointError> => {
  const withinMs = endpoint.kind === 'ssh' ? SSH_WITHIN_MS : RESPONSE_MS;
  const timeout = AbortSignal.timeout(withinMs);
  const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  const place = { endpoint: formatEndpoint(endpoint), source };
  try {
    const first = await client(endpoint, undefined);
    const version = Version.parse(await raceAbort(first.version(), either));
    const apiVersion = negotiateApi(version.ApiVersion, version.MinAPIVersion);
    if (apiVersion === undefined) {
      throw new EngineError({
        code: 'engine_too_old',
        endpoint: place.endpoint,
        version: version.Version,
        apiVersion: version.ApiVersion,
        minimumApiVersion: OLDEST_API,
      });
    }
    const docker = await client(endpoint, `v${apiVersion}`);
    const { selinux, ...identity } = await raceAbort(identify(docker, version, endpoint), either);
    return new DockerodeEngine({
      docker,
      identity: { ...identity, apiVersion, source },
      selinux,
      credentialFor,
    });
  } catch (error) {
    if (isAborted(signal)) {
      throw new EngineError({ code: 'aborted' }, { cause: error });
    }
    if (error instanceof EngineError && error.code !== 'aborted') {
      throw error;
    }
    if (timeout.aborted) {
      return {
        ...place,
        reason: 'unreachable',
        detail: `no answer within ${withinMs / 1000} s`,
      };
    }
    const withTls = endpoint.kind === 'tcp' && endpoint.tls !== undefined;
    return { ...place, ...failureOf(error, withTls) };
  }
};
