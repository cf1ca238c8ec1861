import { isAtLeast, profileOf } from '../../contract/releases.ts';
import { kitJson } from '../json.ts';
import { type KitSettings, schemeFor, type ServerAddress } from '../settings.ts';
import { overseerAgent } from './overseer-agent.ts';

/** Returns `connection_security` as each release expects it: always from 2.7 on, in 2.6 only if set, unknown before. */
export const connectionSecurity = (settings: KitSettings, value: string | undefined): object => {
  if (isAtLeast(settings.release, '2.7')) {
    return { connection_security: value ?? 'mtls' };
  }
  if (settings.release === '2.6' && value !== undefined) {
    return { connection_security: value };
  }
  return {};
};

/** Returns the identities of others, where there are any that their names do not say. */
export const identityMap = (map: Readonly<Record<string, string>>): object =>
  Object.keys(map).length === 0 ? {} : { auth_identity_map: map };

/** Returns whether jobs must be signed, where the project says so. */
export const signedJobs = ({ requireSignedJobs }: KitSettings): object =>
  requireSignedJobs === undefined ? {} : { require_signed_jobs: requireSignedJobs };

/** startup/fed_server.json (docs/startup-kit-format.md#json-files-in-startup). */
export const fedServer = (settings: KitSettings, place: ServerAddress): string => {
  const { serverProps, projectProps, release } = settings;
  const named = isAtLeast(release, '2.7') ? { admin_server: place.name } : { admin_host: place.name };
  const identity =
    isAtLeast(release, '2.9') && serverProps.auth_identity !== undefined
      ? { auth_identity: serverProps.auth_identity }
      : {};
  const target = settings.highAvailability === undefined ? place.host : place.name;
  return kitJson({
    format_version: 2,
    ...signedJobs(settings),
    servers: [
      {
        name: settings.project,
        service: {
          target: `${target}:${place.flPort}`,
          scheme: schemeFor(settings, serverProps.use_aio),
        },
        ...named,
        admin_port: place.adminPort,
        ssl_private_key: 'server.key',
        ssl_cert: 'server.crt',
        ssl_root_cert: 'rootCA.pem',
        ...connectionSecurity(settings, serverProps.connection_security ?? projectProps.connection_security),
        ...identity,
        ...identityMap(settings.hierarchy.authIdentityMap()),
      },
    ],
    ...(profileOf(release) === 'legacy'
      ? { overseer_agent: overseerAgent(settings, { role: 'server', place }) }
      : {}),
  });
};
