import { isLoopback } from '../../contract/loopback.ts';
import type { ServerConfig } from '../context/config.ts';
import type { ServerLog } from '../context/context.ts';

/**
 * Logs that other hosts reach the dashboard over plain HTTP, as far as the backend can know.
 *
 * @returns how many lines
 */
export const warnOfPlainHttp = (
  { host, publishedHost, publicUrl }: Pick<ServerConfig, 'host' | 'publishedHost' | 'publicUrl'>,
  tls: boolean,
  log: ServerLog,
): number => {
  if (tls || isLoopback(publishedHost ?? host) || publicUrl?.startsWith('https:') === true) {
    return 0;
  }
  log.warn(
    {
      code: 'plain_http',
      advice:
        'Put web.crt and web.key into cert/ (`dashboard tls self-signed` generates a pair), or set NVFL_PUBLIC_URL=https://… behind a proxy that ends HTTPS.',
    },
    'Other hosts reach this dashboard over plain HTTP: passwords, sessions and startup kits cross the network unencrypted.',
  );
  return 1;
};
