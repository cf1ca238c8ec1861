import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../../../contract/error-code.ts';
import type { CliError } from '../../errors/cli-error.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';

const FIRST_UNPRIVILEGED = 1024;

/** Another command that looks at the same moment holds the port, too, for a moment. */
const LOOKS = 3;
const PAUSE_MS = 50;

const listenOnce = (port: number, host: string | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.close(() => {
        resolve();
      });
    });
  });

const ADDRESS_CODES: readonly unknown[] = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'];

const listenError = (cause: unknown, port: number, host: string | undefined): CliError => {
  const code = errorCode(cause);
  if (code === 'EADDRINUSE') {
    return CLI_ERRORS.portTaken({ port }, { cause });
  }
  if (code === 'EACCES') {
    return CLI_ERRORS.portForbidden({ port, lowest: FIRST_UNPRIVILEGED }, { cause });
  }
  if (ADDRESS_CODES.includes(code)) {
    return CLI_ERRORS.addressUnusable({ address: host ?? '' }, { cause });
  }
  return CLI_ERRORS.backendFailed(
    { reason: cause instanceof Error ? cause.message : String(cause) },
    { cause },
  );
};

/** Listens and stops at once. @throws CliError `port_taken`, `port_forbidden`, `address_unusable` */
export const checkPortFree = async (port: number, host?: string): Promise<void> => {
  for (let look = 1; ; look += 1) {
    try {
      await listenOnce(port, host);
      return;
    } catch (error) {
      if (errorCode(error) !== 'EADDRINUSE' || look === LOOKS) {
        throw listenError(error, port, host);
      }
      await wait(PAUSE_MS);
    }
  }
};

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
