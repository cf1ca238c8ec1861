import { once } from 'node:events';
import { connect } from 'node:net';

/** A request whose headers have been sent and whose body has not. */
export interface WithheldRequest {
  /** Sends the body and gives the status of the response. */
  readonly finish: () => Promise<number>;
}

/** Sends a request's headers and waits until the backend has taken them: it asks for the body then. */
export const withhold = async (
  backend: { readonly url: string },
  token: string,
  [method, route]: readonly [string, string],
  content: unknown,
  fields: readonly string[] = [`authorization: Bearer ${token}`, 'content-type: application/json'],
): Promise<WithheldRequest> => {
  const { hostname, port } = new URL(backend.url);
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  const socket = connect({ host: hostname, port: Number(port) }).setEncoding('latin1');
  const headers = [
    `${method} ${route.startsWith('/.well-known') ? route : `/api/v1${route}`} HTTP/1.1`,
    `host: ${hostname}`,
    ...fields,
    `content-length: ${Buffer.byteLength(body)}`,
    'expect: 100-continue',
    'connection: close',
  ];
  socket.write(`${headers.join('\r\n')}\r\n\r\n`);
  await once(socket, 'data');
  return {
    finish: async () => {
      const received: string[] = [];
      socket.on('data', (text: string) => received.push(text));
      socket.write(body);
      await once(socket, 'close');
      return Number(received.join('').split(' ', 2)[1]);
    },
  };
};
