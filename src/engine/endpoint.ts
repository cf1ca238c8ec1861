import { isLoopback } from '../contract/loopback.ts';

/** Where an engine listens; TLS files are paths. */
export type Endpoint =
  | { readonly kind: 'unix'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls: TlsFiles | undefined;
    };

/** Files for a mutual TLS connection, named as the docker command names them. */
export interface TlsFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/**
 * Parses an endpoint in the form of DOCKER_HOST.
 *
 * @param tls files to use for `tcp://`; undefined: plain HTTP
 * @returns the endpoint, or why there is none (one phrase)
 */
export const parseEndpoint = (text: string, tls: TlsFiles | undefined): Endpoint | string => {
  if (text.startsWith('unix://')) {
    const path = text.slice('unix://'.length);
    return path.startsWith('/') ? { kind: 'unix', path } : 'the path of a socket must be absolute';
  }
  if (text.startsWith('/')) {
    return { kind: 'unix', path: text };
  }
  if (text.startsWith('ssh://')) {
    return 'ssh:// is not supported; forward the socket with ssh -L and use unix://';
  }
  if (!/^(tcp|http|https):\/\//.test(text)) {
    return 'only unix:// and tcp:// are supported';
  }
  const url = URL.canParse(text.replace(/^(tcp|https)/, 'http'))
    ? new URL(text.replace(/^(tcp|https)/, 'http'))
    : undefined;
  if (url === undefined || url.hostname === '') {
    return 'this is not an address';
  }
  const fallback = tls === undefined ? PLAIN_PORT : TLS_PORT;
  // URL drops the port 80, which is http's own.
  const written = /:(\d+)\/?$/.exec(text)?.[1];
  return {
    kind: 'tcp',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: written === undefined ? fallback : Number(written),
    tls,
  };
};

/** Returns the endpoint in the form of DOCKER_HOST. */
export const formatEndpoint = (endpoint: Endpoint): string =>
  endpoint.kind === 'unix'
    ? `unix://${endpoint.path}`
    : `tcp://${endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`;

/** True when the engine's paths and ports are this machine's. */
export const isLocal = (endpoint: Endpoint): boolean => endpoint.kind === 'unix' || isLoopback(endpoint.host);
