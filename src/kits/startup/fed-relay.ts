import { isAtLeast } from '../../contract/releases.ts';
import type { Relay } from '../hierarchy.ts';
import { kitJson } from '../json.ts';
import { relayAddress, relayIdentity, relayScheme } from '../local/relay-resources.ts';
import { type KitSettings, targetOf } from '../settings.ts';
import { identityMap } from './fed-server.ts';

/** Name of the server's cell. */
const SERVER_CELL = 'server';

/** @returns the part `connect_to`: the relay above, or the server */
const parentOf = (settings: KitSettings, relay: Relay, above: Relay | undefined): object => {
  const { connect_to: connectTo } = relay.props;
  const { release, server, serverIdentity } = settings;
  const given = isAtLeast(release, '2.9') && connectTo?.auth_identity !== undefined;
  const identity = given ? { auth_identity: connectTo.auth_identity } : undefined;
  if (above !== undefined) {
    const { address, security } = relayAddress(above, connectTo);
    return {
      scheme: relayScheme(settings, above.props),
      identity: above.name,
      ...(identity ?? relayIdentity(settings, above)),
      address,
      fqcn: above.fqcn,
      connection_security: security,
    };
  }
  const { host, port, security } = targetOf(settings, server.flPort, connectTo, undefined);
  return {
    scheme: settings.scheme,
    identity: server.identity,
    ...(identity ?? (serverIdentity === server.identity ? {} : { auth_identity: serverIdentity })),
    address: `${host}:${port}`,
    fqcn: SERVER_CELL,
    connection_security: security ?? settings.serverProps.connection_security ?? 'mtls',
  };
};

/** startup/fed_relay.json (docs/startup-kit-format.md#json-files-in-startup). */
export const fedRelay = (settings: KitSettings, relay: Relay, above: Relay | undefined): string =>
  kitJson({
    format_version: 2,
    project_name: settings.project,
    identity: relay.name,
    ...relayIdentity(settings, relay),
    ...identityMap(settings.hierarchy.authIdentityMap(relay)),
    server_identity: settings.serverIdentity,
    connect_to: parentOf(settings, relay, above),
  });
