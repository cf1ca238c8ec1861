import { watch } from 'node:fs';
import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:https';
import { join } from 'node:path';
import type { ServerLog } from '../context/context.ts';
import { tlsOptions } from '../http/listener.ts';
import { readTlsPair } from './tls-pair.ts';

/** Both files are written one after the other; waits until they rest. */
const REST_MS = 500;

/** Takes up a changed pair; connections that are open stay. */
export interface TlsReload {
  readonly reload: () => Promise<void>;
  readonly close: () => void;
}

/** Watches cert/ for a new pair. A broken one is logged and the old one kept. */
export const watchTlsPair = (server: Server, webRoot: string, log: ServerLog): TlsReload => {
  let timer: NodeJS.Timeout | undefined;
  const reload = async (): Promise<void> => {
    if (!(server instanceof TlsServer)) {
      return;
    }
    try {
      const pair = await readTlsPair(webRoot);
      if (pair === undefined) {
        throw new Error('cert/web.crt or cert/web.key is gone');
      }
      server.setSecureContext(tlsOptions(pair));
      log.info({}, 'the new web certificate is in use');
    } catch (error) {
      log.error({ err: error }, 'the new web certificate cannot be used; the old one stays');
    }
  };
  const watcher = watch(join(webRoot, 'cert'), () => {
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), REST_MS);
  });
  watcher.on('error', (err) => {
    log.warn({ err }, 'cert/ is not watched any more; send SIGHUP after a change');
  });
  return {
    reload,
    close: () => {
      clearTimeout(timer);
      watcher.close();
    },
  };
};
