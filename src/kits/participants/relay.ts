import type { KitParticipant, KitProject } from '../../contract/kit.ts';
import { isAtLeast } from '../../contract/releases.ts';
import { KitError } from '../kit-error.ts';
import type { KitFile, KitPlan } from '../kit-file.ts';
import { commConfig } from '../local/comm-config.ts';
import { logConfig } from '../local/log-config.ts';
import { relayAddress, relayScheme } from '../local/relay-resources.ts';
import { relayProps } from '../props/merge.ts';
import { connectedPlaces, type KitSettings, targetOf } from '../settings.ts';
import { fedRelay } from '../startup/fed-relay.ts';
import { subjectAltNames } from '../subject-alt-names.ts';
import { relayReadme } from '../templates/readme.ts';
import { relayProgram, subStartSh } from '../templates/sub-start-sh.ts';
import {
  credentialFiles,
  listenerFiles,
  listenerRequest,
  RUN_SCRIPTS,
  script,
  signedFolders,
  startupNames,
  text,
  workFolders,
} from './common.ts';

type RelayParticipant = Extract<KitParticipant, { kind: 'relay' }>;

/**
 * Plans the kit of a relay, which passes on the messages of the sites below it (docs/startup-kit-format.md#trees).
 *
 * @throws KitError `properties_invalid`, `relay_unsupported`, `relay_unknown`, `hierarchy_circular`
 */
export const planRelay = (
  project: KitProject,
  settings: KitSettings,
  { name, organization, props: stored }: RelayParticipant,
): KitPlan => {
  const { release, hierarchy } = settings;
  if (!isAtLeast(release, '2.6')) {
    throw new KitError(
      'relay_unsupported',
      `NVFLARE ${release} has no relays; they need release 2.6 or later`,
    );
  }
  const props = relayProps(project, stored);
  const above = hierarchy.relayAbove(props.connect_to?.name);
  const relay = { name, props, fqcn: above === undefined ? name : `${above.fqcn}.${name}` };
  const listening = props.listening_host;
  const startup: readonly KitFile[] = [
    text('startup/fed_relay.json', fedRelay(settings, relay, above)),
    ...credentialFiles('client'),
    ...listenerFiles,
    ...RUN_SCRIPTS,
    script('sub_start.sh', subStartSh(relayProgram(name, organization), settings)),
  ];
  const internal = {
    ...listening,
    scheme: relayScheme(settings, props),
    connection_security: listening.connection_security ?? 'mtls',
  };
  const logging = logConfig(release);
  const target = targetOf(settings, settings.server.flPort, props.connect_to, undefined);
  const places =
    above === undefined
      ? connectedPlaces(settings, target, 'flPort')
      : [relayAddress(above, props.connect_to).address];
  const facts = { project: settings.project, name, release, signed: startupNames(startup) };
  return {
    name,
    own: { kind: 'client', commonName: name, organization, subjectAltNames: subjectAltNames([name]) },
    listener: listenerRequest({ name, organization }, [
      listening.default_host,
      ...(listening.host_names ?? []),
    ]),
    folders: workFolders(release),
    files: [
      ...startup,
      text(logging.path, logging.content),
      text('local/comm_config.json', commConfig(settings, internal, listening.default_host, 1)),
      text('readme.txt', relayReadme(facts, places, listening.port)),
    ],
    signed: signedFolders(release),
  };
};
