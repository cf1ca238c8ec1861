import { kitJson } from '../json.ts';
import { renewal } from '../release-2-10.ts';
import type { KitSettings } from '../settings.ts';
import type { ListeningHost } from '../props/schemas.ts';

/**
 * local/comm_config.json: where a participant listens for its own job processes (docs/startup-kit-format.md#files-in-local).
 *
 * @param fallbackHost the host where `listening_host` names none
 * @param generation 1 below a relay and of a relay itself, which keeps them from connecting to the server as well
 */
export const commConfig = (
  settings: KitSettings,
  listening: ListeningHost,
  fallbackHost: string,
  generation: 1 | 2 = 2,
): string =>
  kitJson({
    ...renewal(settings),
    allow_adhoc_conns: false,
    backbone_conn_gen: generation,
    internal: {
      scheme: listening.scheme ?? 'tcp',
      resources: {
        host: listening.default_host ?? fallbackHost,
        ...(listening.port === undefined ? {} : { port: listening.port }),
        connection_security: listening.connection_security ?? 'clear',
      },
    },
  });
