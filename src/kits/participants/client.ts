import type { LeafRequest } from '../../contract/certificate.ts';
import type { KitParticipant, KitProject } from '../../contract/kit.ts';
import type { KitFile, KitPlan } from '../kit-file.ts';
import { clientResources } from '../local/client-resources.ts';
import { commConfig } from '../local/comm-config.ts';
import { clientProps } from '../props/merge.ts';
import type { ListeningHost } from '../props/schemas.ts';
import { isAtLeast } from '../releases.ts';
import { connectedPlaces, type KitSettings, targetOf } from '../settings.ts';
import { fedClient } from '../startup/fed-client.ts';
import { subjectAltNames } from '../subject-alt-names.ts';
import { clientDockerSh } from '../templates/docker-sh.ts';
import { clientReadme } from '../templates/readme.ts';
import { clientProgram, subStartSh } from '../templates/sub-start-sh.ts';
import {
  credentialFiles,
  customRoot,
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

const listenerFiles = (listening: ListeningHost | undefined): readonly KitFile[] =>
  listening === undefined
    ? []
    : [
        text('startup/server.crt', ({ listener }) => listener?.certificatePem ?? ''),
        { path: 'startup/server.key', mode: 0o600, content: ({ listener }) => listener?.privateKeyPem ?? '' },
      ];

const listenerRequest = (client: Client, listening: ListeningHost): LeafRequest => ({
  kind: 'listener',
  commonName: client.name,
  organization: client.organization,
  subjectAltNames: subjectAltNames([listening.default_host ?? LOCAL, ...(listening.host_names ?? [])]),
});

/**
 * Plans the kit of a site (docs/startup-kit-format.md#trees).
 *
 * @throws KitError `properties_invalid`
 */
export const planClient = (project: KitProject, settings: KitSettings, client: Client): KitPlan => {
  const { release, projectProps } = settings;
  const props = clientProps(project, client.props);
  const listening = isAtLeast(release, '2.6') ? props.listening_host : undefined;
  const program = clientProgram(client.name, client.organization);
  const startup: readonly KitFile[] = [
    text('startup/fed_client.json', fedClient(settings, client.name, props)),
    ...credentialFiles('client'),
    ...listenerFiles(listening),
    ...customRoot(props.custom_ca_cert ?? projectProps.custom_ca_cert),
    ...RUN_SCRIPTS,
    script('sub_start.sh', subStartSh(program)),
    script('docker.sh', clientDockerSh(settings.dockerImage, client.name, program)),
  ];
  const target = targetOf(settings, settings.server.flPort, props.connect_to, undefined);
  const facts = { project: settings.project, name: client.name, release, signed: startupNames(startup) };
  return {
    name: client.name,
    own: {
      kind: 'client',
      commonName: client.name,
      organization: client.organization,
      subjectAltNames: subjectAltNames([client.name]),
    },
    ...(listening === undefined ? {} : { listener: listenerRequest(client, listening) }),
    folders: workFolders(release),
    files: [
      ...startup,
      text('local/resources.json.default', clientResources(settings, client.capacity, props)),
      ...siteSettings(release),
      ...(listening === undefined ? [] : [text('local/comm_config.json', commConfig(listening, LOCAL))]),
      text('readme.txt', clientReadme(facts, connectedPlaces(settings, target, 'flPort'))),
    ],
    signed: signedFolders(release),
  };
};
