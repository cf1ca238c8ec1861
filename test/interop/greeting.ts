import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';

const WAIT_MS = 60_000;

/** Files of a kit's startup folder that a connection is made with. */
export interface Credentials {
  readonly rootOf: string;
  /** Kit with client.crt and client.key; without one no certificate is shown. */
  readonly clientOf: string | undefined;
}

/**
 * Connects to a gRPC server as a site does, waits for its first word.
 *
 * @returns "greeted" when the server takes the connection, or why it did not
 */
export const greeting = async (port: number, { rootOf, clientOf }: Credentials): Promise<string> =>
  new Promise((resolve) => {
    const file = (kit: string, name: string): Buffer => readFileSync(join(kit, 'startup', name));
    const socket = connect({
      port,
      host: '127.0.0.1',
      servername: 'localhost',
      ALPNProtocols: ['h2'],
      ca: file(rootOf, 'rootCA.pem'),
      ...(clientOf === undefined
        ? {}
        : { cert: file(clientOf, 'client.crt'), key: file(clientOf, 'client.key') }),
    });
    const end = (response: string): void => {
      socket.destroy();
      resolve(response);
    };
    socket.setTimeout(WAIT_MS, () => {
      end('silent');
    });
    socket.once('data', () => {
      end('greeted');
    });
    socket.once('error', (error: Error) => {
      end(`refused: ${error.message}`);
    });
    socket.once('close', () => {
      end('refused: closed');
    });
  });
