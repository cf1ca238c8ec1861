import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { ApiError } from '../../contract/errors.ts';
import { namesHost } from './host-header.ts';
import { errorResponse } from './error-response.ts';
import { isPageAddress } from './plugins/pages.ts';
import { securityHeaders } from './plugins/security-headers.ts';

/** Content type of the record that opens a TLS connection (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 0x16;

/** Sends browsers to the page's address under HTTPS and tells everybody else what this port speaks. */
const respond = (request: IncomingMessage, response: ServerResponse): void => {
  const { method = '', url = '', headers } = request;
  const [path = ''] = url.split('?', 1);
  const host = headers.host ?? '';
  const isPage = ['GET', 'HEAD'].includes(method) && url.startsWith('/') && isPageAddress(path);
  for (const [name, value] of Object.entries(securityHeaders(false))) {
    response.setHeader(name, value);
  }
  response.setHeader('connection', 'close');
  if (isPage && host !== '' && namesHost(host)) {
    response.writeHead(308, { location: `https://${host}${url}` }).end();
    return;
  }
  const error = new ApiError('malformed', 'This port speaks HTTPS only: use an address with https://.');
  response.writeHead(400, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(errorResponse(error, '')));
};

/**
 * Responds to plain HTTP on a server for HTTPS, which would end the connection without a word.
 *
 * @param waitMs for the first byte
 */
export const answerPlainHttp = (server: SecureServer, options: ServerOptions, waitMs: number): void => {
  const plain = createServer(options, respond);
  const startTls = server.rawListeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const end = (): void => {
      socket.destroy();
    };
    socket.setTimeout(waitMs, end);
    socket.once('error', end);
    socket.once('readable', () => {
      const first: unknown = socket.read(1);
      if (!Buffer.isBuffer(first)) {
        end();
        return;
      }
      socket.setTimeout(0);
      socket.removeListener('timeout', end);
      socket.removeListener('error', end);
      socket.unshift(first);
      if (first[0] === TLS_HANDSHAKE) {
        for (const listener of startTls) {
          Reflect.apply(listener, server, [socket]);
        }
      } else {
        plain.emit('connection', socket);
      }
    });
  });
};
