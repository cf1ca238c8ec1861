import { join } from 'node:path';
import type { EndpointError } from '../errors.ts';
import { currentContext, readContext } from './docker-context.ts';
import { formatEndpoint, isLocal, parseEndpoint, type Endpoint, type TlsFiles } from '../endpoint.ts';
import { dockerConfigFolder, type HostEnvironment } from '../host-environment.ts';

/** An endpoint to try, or one known not to work. */
export type Candidate =
  { readonly source: string; readonly endpoint: Endpoint } | { readonly failure: EndpointError };

const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

const candidate = (source: string, text: string, tls: TlsFiles | undefined): Candidate => {
  const endpoint = parseEndpoint(text, tls);
  return typeof endpoint === 'string'
    ? { failure: { endpoint: text, source, reason: 'unsupported', detail: endpoint } }
    : { source, endpoint };
};

const fromContext = async (
  surroundings: HostEnvironment,
  source: string,
  name: string,
): Promise<Candidate> => {
  const context = await readContext(surroundings, name);
  return context === undefined
    ? {
        failure: {
          endpoint: name,
          source,
          reason: 'context_broken',
          detail: 'there is no such docker context, or it names no endpoint',
        },
      }
    : candidate(source, context.host, context.tls);
};

const fromDockerHost = (surroundings: HostEnvironment, text: string): Candidate => {
  const { environment } = surroundings;
  const folder = given(environment['DOCKER_CERT_PATH']) ?? dockerConfigFolder(surroundings);
  const wantsTls =
    given(environment['DOCKER_TLS_VERIFY']) !== undefined || given(environment['DOCKER_TLS']) !== undefined;
  const tls = {
    ca: join(folder, 'ca.pem'),
    cert: join(folder, 'cert.pem'),
    key: join(folder, 'key.pem'),
  };
  return candidate('DOCKER_HOST', text, wantsTls ? tls : undefined);
};

/** The engines' default sockets, in the order in which they are tried. */
export const wellKnownSockets = ({
  environment,
  home,
  platform,
  uid,
}: HostEnvironment): readonly { readonly source: string; readonly path: string }[] => {
  const runtime =
    given(environment['XDG_RUNTIME_DIR']) ??
    (uid === undefined || platform === 'darwin' ? undefined : `/run/user/${uid}`);
  const inRuntime = (source: string, path: string) =>
    runtime === undefined ? [] : [{ source, path: join(runtime, path) }];
  const mac = platform === 'darwin';
  return [
    { source: 'Docker', path: '/var/run/docker.sock' },
    ...inRuntime('Docker (rootless)', 'docker.sock'),
    ...(mac ? [] : [{ source: 'Podman', path: '/run/podman/podman.sock' }]),
    ...inRuntime('Podman (rootless)', 'podman/podman.sock'),
    { source: 'Docker Desktop', path: join(home, '.docker/run/docker.sock') },
    ...(mac ? [] : [{ source: 'Docker Desktop', path: join(home, '.docker/desktop/docker.sock') }]),
    { source: 'colima', path: join(home, '.colima/default/docker.sock') },
    { source: 'colima', path: join(home, '.config/colima/default/docker.sock') },
    ...(mac
      ? [
          {
            source: 'Podman machine',
            path: join(home, '.local/share/containers/podman/machine/podman.sock'),
          },
        ]
      : []),
  ];
};

/**
 * Returns the endpoints to try, in order. An engine that the user named (DOCKER_HOST, DOCKER_CONTEXT, a current context
 * on another machine) is the only one; starting on another engine instead would surprise.
 */
export const engineCandidates = async (surroundings: HostEnvironment): Promise<readonly Candidate[]> => {
  const host = given(surroundings.environment['DOCKER_HOST']);
  if (host !== undefined) {
    return [fromDockerHost(surroundings, host)];
  }
  const named = given(surroundings.environment['DOCKER_CONTEXT']);
  if (named !== undefined && named !== 'default') {
    return [await fromContext(surroundings, `DOCKER_CONTEXT "${named}"`, named)];
  }
  const sockets = wellKnownSockets(surroundings).map(({ source, path }): Candidate => ({
    source,
    endpoint: { kind: 'unix', path },
  }));
  const current = named === undefined ? await currentContext(surroundings) : undefined;
  if (current === undefined) {
    return sockets;
  }
  const first = await fromContext(surroundings, `docker context "${current}"`, current);
  if (!('endpoint' in first) || !isLocal(first.endpoint)) {
    return [first];
  }
  const chosen = formatEndpoint(first.endpoint);
  return [first, ...sockets.filter((each) => 'endpoint' in each && formatEndpoint(each.endpoint) !== chosen)];
};
