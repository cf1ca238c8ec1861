import type { KitParticipant, KitProject } from '../../contract/kit.ts';
import { isAtLeast } from '../../contract/releases.ts';
import { KitError } from '../kit-error.ts';
import type { KitFile, KitPlan } from '../kit-file.ts';
import { clientResources } from '../local/client-resources.ts';
import type { Relay } from '../hierarchy.ts';
import { commConfig } from '../local/comm-config.ts';
import { relayAddress, relayResources } from '../local/relay-resources.ts';
import { clientProps } from '../props/merge.ts';
import type { ClientProps } from '../props/schemas.ts';
import { connectedPlaces, type KitSettings, targetOf } from '../settings.ts';
import { renewalFile } from '../release-2-10.ts';
import { fedClient } from '../startup/fed-client.ts';
import { subjectAltNames } from '../subject-alt-names.ts';
import { clientDockerSh } from '../templates/docker-sh.ts';
import { clientReadme } from '../templates/readme.ts';
import { clientProgram, subStartSh } from '../templates/sub-start-sh.ts';
import {
  credentialFiles,
  customRoot,
  listenerFiles,
  listenerRequest,
  RUN_SCRIPTS,
  script,
  signedFolders,
  siteSettings,
  startupNames,
  text,
  workFolders,
} from './common.ts';

type Client = Extract<KitParticipant, { kind: 'client' }>;

const LOCAL = 'localhost';

/** Connection of a site to the relay above it, the only one that it has. */
const relayFiles = (settings: KitSettings, relay: Relay, props: ClientProps): readonly KitFile[] => [
  text('local/relay__resources.json', relayResources(settings, relay, props.connect_to)),
  text('local/comm_config.json', commConfig(settings, props.listening_host ?? {}, LOCAL, 1)),
];

/**
 * Plans the kit of a site (docs/startup-kit-format.md#trees).
 *
 * @throws KitError `properties_invalid`
 */
export const planClient = (project: KitProject, settings: KitSettings, client: Client): KitPlan => {
  const { release, projectProps } = settings;
  const props = clientProps(project, client.props);
  const listening = isAtLeast(release, '2.6') ? props.listening_host : undefined;
  const relay = settings.hierarchy.relayAbove(props.connect_to?.name);
  if (relay !== undefined && !isAtLeast(release, '2.6')) {
    throw new KitError(
      'relay_unsupported',
      `NVFLARE ${release} has no relays; they need release 2.6 or later`,
    );
  }
  const local =
    relay !== undefined
      ? relayFiles(settings, relay, props)
      : listening === undefined
        ? renewalFile(settings)
        : [text('local/comm_config.json', commConfig(settings, listening, LOCAL))];
  const program = clientProgram(client.name, client.organization);
  const startup: readonly KitFile[] = [
    text('startup/fed_client.json', fedClient(settings, client.name, props)),
    ...credentialFiles('client'),
    ...(listening === undefined ? [] : listenerFiles),
    ...customRoot(props.custom_ca_cert ?? projectProps.custom_ca_cert),
    ...RUN_SCRIPTS,
    script('sub_start.sh', subStartSh(program, settings)),
    script('docker.sh', clientDockerSh(settings.dockerImage, client.name, program)),
  ];
  const target = targetOf(settings, settings.server.flPort, props.connect_to, undefined);
  const places =
    relay === undefined
      ? connectedPlaces(settings, target, 'flPort')
      : [relayAddress(relay, props.connect_to).address];
  const facts = { project: settings.project, name: client.name, release, signed: startupNames(startup) };
  return {
    name: client.name,
    own: {
      kind: 'client',
      commonName: client.name,
      organization: client.organization,
      subjectAltNames: subjectAltNames([client.name]),
    },
    ...(listening === undefined
      ? {}
      : {
          listener: listenerRequest(client, [
            listening.default_host ?? LOCAL,
            ...(listening.host_names ?? []),
          ]),
        }),
    folders: workFolders(release),
    files: [
      ...startup,
      text('local/resources.json.default', clientResources(settings, client.capacity, props)),
      ...siteSettings(release),
      ...local,
      text('readme.txt', clientReadme(facts, places, settings.dockerImage)),
    ],
    signed: signedFolders(release),
  };
};
