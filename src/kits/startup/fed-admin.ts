import { isAtLeast } from '../../contract/releases.ts';
import { kitJson } from '../json.ts';
import type { AdminProps } from '../props/schemas.ts';
import { type KitSettings, targetOf } from '../settings.ts';
import { overseerAgent } from './overseer-agent.ts';

const COMMON = {
  with_file_transfer: true,
  upload_dir: 'transfer',
  download_dir: 'transfer',
} as const;

const CREDENTIALS = {
  client_key: 'client.key',
  client_cert: 'client.crt',
  ca_cert: 'rootCA.pem',
} as const;

/** startup/fed_admin.json (docs/startup-kit-format.md#json-files-in-startup): the form of 2.7 and later, or the one with an overseer agent. */
export const fedAdmin = (settings: KitSettings, email: string, props: AdminProps): string => {
  const { server, highAvailability } = settings;
  const target = targetOf(settings, server.adminPort, props.connect_to, props.connection_security);
  if (isAtLeast(settings.release, '2.7')) {
    return kitJson({
      format_version: 1,
      admin: {
        project_name: settings.project,
        username: email,
        server_identity: settings.serverIdentity,
        scheme: settings.scheme,
        host: target.host,
        port: target.port,
        connection_security: target.security ?? 'mtls',
        uid_source: 'user_input',
        ...COMMON,
        ...CREDENTIALS,
      },
    });
  }
  const place =
    highAvailability === undefined
      ? { ...settings, server: { ...server, host: target.host, adminPort: target.port } }
      : settings;
  return kitJson({
    format_version: 1,
    admin: {
      ...COMMON,
      with_login: true,
      with_ssl: true,
      cred_type: 'cert',
      ...CREDENTIALS,
      prompt: '> ',
      overseer_agent: overseerAgent(place, { role: 'admin', name: email }),
    },
  });
};
