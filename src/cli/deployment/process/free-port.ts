import { createServer } from 'node:net';
import { errorCode } from '../../../contract/error-code.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';

const FIRST_UNPRIVILEGED = 1024;

/** Listens and stops at once. @throws CliError `port_taken`, `port_forbidden`, `address_unusable` */
export const checkPortFree = (port: number, host?: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (cause) => {
      const code = errorCode(cause);
      if (code === 'EADDRINUSE') {
        reject(CLI_ERRORS.portTaken({ port }, { cause }));
      } else if (code === 'EACCES') {
        reject(CLI_ERRORS.portForbidden({ port, lowest: FIRST_UNPRIVILEGED }, { cause }));
      } else if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
        reject(CLI_ERRORS.addressUnusable({ address: host ?? '' }, { cause }));
      } else {
        reject(CLI_ERRORS.backendFailed({ reason: cause.message }, { cause }));
      }
    });
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.close(() => {
        resolve();
      });
    });
  });

/** Returns a port of the loopback address that nothing listens on. */
export const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
