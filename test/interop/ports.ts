import { createServer, type Server } from 'node:net';

const FIRST = 20_000;
/** Below where Linux takes the ports of outgoing connections from. */
const LAST = 32_000;
const TRIES = 100;

const listen = async (port: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen(port, () => {
      resolve(server);
    });
  });

const allFree = async (ports: readonly number[]): Promise<boolean> => {
  const servers = await Promise.all(ports.map(listen));
  await Promise.all(
    servers.map(
      async (server) =>
        new Promise<void>((resolve) => {
          if (server === undefined) {
            resolve();
          } else {
            server.close(() => {
              resolve();
            });
          }
        }),
    ),
  );
  return servers.every((server) => server !== undefined);
};

/**
 * A TCP port that is free now, together with those that lie `offsets` above it.
 *
 * @throws Error where no such ports are found
 */
export const freePort = async (offsets: readonly number[] = []): Promise<number> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await allFree([0, ...offsets].map((offset) => port + offset))) {
      return port;
    }
  }
  throw new Error('no free ports');
};
