import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { API_ERRORS, ApiError } from '../../contract/errors.ts';
import { VERSION } from '../context/version.ts';
import { errorResponse } from '../http/error-response.ts';
import { createListener, type TlsPair } from '../http/listener.ts';
import { securityHeaders } from '../http/plugins/security-headers.ts';

const HEALTH = /\/(health|healthz|livez)\/?(\?.*)?$/;
const RETRY_SECONDS = 5;

const respond = (response: ServerResponse, status: number, body: object, headers: object): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    // Whoever asks again gets the backend itself.
    connection: 'close',
    ...headers,
  });
  response.end(text);
};

const unavailable = new ApiError('unavailable', 'The database does not respond.', {
  retryAfter: RETRY_SECONDS,
});

/** Serves the health check while the backend waits for its database, and 503 at every other address. */
export class WaitingListener {
  readonly #headers: object;
  readonly #tls: TlsPair | undefined;
  #server: Server | undefined;

  constructor(tls: TlsPair | undefined) {
    this.#tls = tls;
    this.#headers = securityHeaders(tls !== undefined);
  }

  /** Listens, unless it does already. @throws the system's error, such as for a port in use */
  async open(place: { readonly host: string; readonly port: number }): Promise<void> {
    if (this.#server !== undefined) {
      return;
    }
    const server = createListener((request, response) => {
      this.#respond(request, response);
    }, this.#tls);
    server.listen(place);
    await once(server, 'listening');
    this.#server = server;
  }

  /** Frees the port. */
  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) {
      return;
    }
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  #respond(request: IncomingMessage, response: ServerResponse): void {
    if (HEALTH.test(request.url ?? '')) {
      respond(response, 200, { status: 'ok', version: VERSION }, this.#headers);
      return;
    }
    const headers = { ...this.#headers, 'retry-after': String(RETRY_SECONDS) };
    respond(response, API_ERRORS.unavailable.http, errorResponse(unavailable, randomUUID()), headers);
  }
}
