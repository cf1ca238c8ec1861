import { isAtLeast } from '../../contract/releases.ts';
import type { Relay } from '../hierarchy.ts';
import { kitJson } from '../json.ts';
import type { ConnectionSecurity, ConnectTo } from '../props/schemas.ts';
import { type KitSettings, schemeFor } from '../settings.ts';

/** Where a relay listens, as those below it reach it. */
export interface RelayAddress {
  readonly address: string;
  readonly security: ConnectionSecurity;
}

/** Transport of a relay's listener. */
export const relayScheme = (settings: KitSettings, { listening_host, use_aio }: Relay['props']): string =>
  schemeFor({ ...settings, scheme: listening_host.scheme ?? settings.scheme }, use_aio);

/** @param connectTo what the one below says about the connection */
export const relayAddress = ({ props }: Relay, connectTo: ConnectTo | undefined): RelayAddress => {
  const { default_host, port, connection_security } = props.listening_host;
  return {
    address: `${connectTo?.host ?? default_host}:${connectTo?.port ?? port}`,
    security: connectTo?.connection_security ?? connection_security ?? 'mtls',
  };
};

/** Name in a relay's certificate, where it is not the relay's own. */
export const relayIdentity = (settings: KitSettings, { name, props }: Relay): object =>
  isAtLeast(settings.release, '2.9') && props.auth_identity !== undefined && props.auth_identity !== name
    ? { auth_identity: props.auth_identity }
    : {};

/** local/relay__resources.json of a site below a relay (docs/startup-kit-format.md#files-in-local). */
export const relayResources = (
  settings: KitSettings,
  relay: Relay,
  connectTo: ConnectTo | undefined,
): string => {
  const { address, security } = relayAddress(relay, connectTo);
  return kitJson({
    format_version: 2,
    relay_config: {
      scheme: relayScheme(settings, relay.props),
      identity: relay.name,
      ...relayIdentity(settings, relay),
      address,
      fqcn: relay.fqcn,
      connection_security: security,
    },
  });
};
