import { isAtLeast, profileOf } from '../../contract/releases.ts';
import { kitJson } from '../json.ts';
import type { ClientProps } from '../props/schemas.ts';
import { type KitSettings, schemeFor, targetOf } from '../settings.ts';
import { connectionSecurity, identityMap, signedJobs } from './fed-server.ts';
import { overseerAgent } from './overseer-agent.ts';

/**
 * startup/fed_client.json (docs/startup-kit-format.md#json-files-in-startup). `service.target` is needed by 2.8 and later and keeps earlier ones
 * from connecting.
 */
export const fedClient = (settings: KitSettings, name: string, props: ClientProps): string => {
  const { release, server, highAvailability, hierarchy } = settings;
  const plain = profileOf(release) === 'plain';
  // The address of a relay is in relay__resources.json; here NVFLARE has the server's, at the port given.
  const isBelowRelay = hierarchy.relayAbove(props.connect_to?.name) !== undefined;
  const connection = isBelowRelay ? { port: props.connect_to?.port } : props.connect_to;
  const target = targetOf(settings, server.flPort, connection, props.connection_security);
  const named = isAtLeast(release, '2.6');
  return kitJson({
    format_version: 2,
    ...signedJobs(settings),
    servers: [
      {
        name: settings.project,
        service: {
          ...(plain ? { target: `${target.host}:${target.port}` } : {}),
          scheme: schemeFor(settings, props.use_aio),
        },
        ...(named && highAvailability === undefined ? { identity: settings.serverIdentity } : {}),
      },
    ],
    client: {
      ssl_private_key: 'client.key',
      ssl_cert: 'client.crt',
      ssl_root_cert: 'rootCA.pem',
      ...(named ? { fqsn: hierarchy.fqsnOf(name), is_leaf: !hierarchy.isParent(name) } : {}),
      ...connectionSecurity(settings, target.security),
      ...(isAtLeast(release, '2.9') && props.auth_identity !== undefined
        ? { auth_identity: props.auth_identity }
        : {}),
      ...identityMap(hierarchy.authIdentityMap()),
    },
    ...(plain
      ? {}
      : {
          overseer_agent: overseerAgent(
            props.connect_to === undefined || highAvailability !== undefined
              ? settings
              : { ...settings, server: { ...server, host: target.host, flPort: target.port } },
            { role: 'client', name },
          ),
        }),
  });
};
