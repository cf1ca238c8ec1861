import { isLoopback } from '../contract/loopback.ts';

/** Where an engine listens; TLS files are paths. */
export type Endpoint =
  | { readonly kind: 'unix'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls: TlsFiles | undefined;
    }
  | {
      readonly kind: 'ssh';
      /** Name of a host, or of ssh's configuration. */
      readonly host: string;
      readonly user: string | undefined;
      readonly port: number | undefined;
      /** Of the socket there; undefined: what the docker command there uses. */
      readonly path: string | undefined;
    };

/** Files for a mutual TLS connection, named as the docker command names them. */
export interface TlsFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

const parseSsh = (text: string): Endpoint | string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '' || url.hostname.startsWith('-')) {
    return 'this is not an address';
  }
  if (url.password !== '') {
    return 'ssh:// takes no password; use a key';
  }
  return {
    kind: 'ssh',
    host: decodeURIComponent(url.hostname).replace(/^\[|\]$/g, ''),
    user: url.username === '' ? undefined : decodeURIComponent(url.username),
    port: url.port === '' ? undefined : Number(url.port),
    path: url.pathname === '' || url.pathname === '/' ? undefined : decodeURIComponent(url.pathname),
  };
};

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
    return parseSsh(text);
  }
  if (!/^(tcp|http|https):\/\//.test(text)) {
    return 'only unix://, tcp:// and ssh:// are supported';
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
export const formatEndpoint = (endpoint: Endpoint): string => {
  if (endpoint.kind === 'unix') {
    return `unix://${endpoint.path}`;
  }
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  if (endpoint.kind === 'tcp') {
    return `tcp://${host}:${endpoint.port}`;
  }
  const { user, port, path = '' } = endpoint;
  return `ssh://${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}${path}`;
};

/** True when the engine's paths and ports are this machine's. */
export const isLocal = (endpoint: Endpoint): boolean =>
  endpoint.kind === 'unix' || (endpoint.kind === 'tcp' && isLoopback(endpoint.host));
