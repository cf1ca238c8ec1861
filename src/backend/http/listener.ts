import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer, type ServerOptions as TlsOptions } from 'node:https';
import type { Socket } from 'node:net';
import { ApiError } from '../../contract/errors.ts';
import { errorResponse } from './error-response.ts';
import { answerPlainHttp } from './plain-http.ts';
import { securityHeaders } from './plugins/security-headers.ts';

/** PEM texts of cert/web.crt and cert/web.key. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const IDLE_MS = 10_000;
/** A socket on which nothing at all moves, such as a download nobody reads. */
const STALLED_MS = 120_000;

const OPTIONS: ServerOptions = {
  headersTimeout: HEADERS_MS,
  requestTimeout: REQUEST_MS,
  keepAliveTimeout: IDLE_MS,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
};

/** Responses by error of the HTTP parser; anything else is plain nonsense. */
const refusalOf = (code: string | undefined): readonly [line: string, error: ApiError] => {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return ['431 Request Header Fields Too Large', new ApiError('too_large', 'The headers are too large.')];
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return ['408 Request Timeout', new ApiError('malformed', 'The request took too long to arrive.')];
  }
  return ['400 Bad Request', new ApiError('malformed', 'This is not an HTTP request.')];
};

/** Responds to what is no HTTP request, where anybody still listens, and ends the connection. */
export const refuseConnection = (
  error: Error & { readonly code?: string },
  socket: Socket,
  secure: boolean,
): void => {
  if (!socket.writable || error.code === 'ECONNRESET' || socket.bytesRead === 0) {
    socket.destroy();
    return;
  }
  const [line, problem] = refusalOf(error.code);
  const body = JSON.stringify(errorResponse(problem, ''));
  const headers = Object.entries({
    ...securityHeaders(secure),
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${line}\r\n${headers.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
};

/** Options of the TLS side: 1.2 or newer, and silent connections dropped. */
export const tlsOptions = (pair: TlsPair): TlsOptions => ({
  cert: pair.cert,
  key: pair.key,
  minVersion: 'TLSv1.2',
  honorCipherOrder: true,
  ciphers:
    'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20',
  handshakeTimeout: HEADERS_MS,
});

/** HTTP or HTTPS server on which idle, half-open and slow connections end after 10–15 s and disturb nobody. */
export const createListener = (
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  pair: TlsPair | undefined,
): Server => {
  if (pair === undefined) {
    return createServer(OPTIONS, handler).setTimeout(STALLED_MS);
  }
  const server = createSecureServer({ ...OPTIONS, ...tlsOptions(pair) }, handler);
  answerPlainHttp(server, OPTIONS, HEADERS_MS);
  return server.setTimeout(STALLED_MS);
};
