import { isAtLeast } from '../../contract/releases.ts';
import type { KitFile, KitPlan } from '../kit-file.ts';
import { KitError } from '../kit-error.ts';
import { commConfig } from '../local/comm-config.ts';
import { serverResources } from '../local/server-resources.ts';
import { studyRegistry } from '../local/study-registry.ts';
import type { KitSettings, ServerAddress } from '../settings.ts';
import { jobCaFiles, jobCaRequest, renewalFile } from '../release-2-10.ts';
import { fedServer } from '../startup/fed-server.ts';
import { subjectAltNames } from '../subject-alt-names.ts';
import { serverDockerSh } from '../templates/docker-sh.ts';
import { serverReadme } from '../templates/readme.ts';
import { SYNC_DENYLIST_SH } from '../templates/sync-denylist-sh.ts';
import { serverProgram, subStartSh } from '../templates/sub-start-sh.ts';
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

const placeOf = (settings: KitSettings, index: 1 | 2): ServerAddress => {
  if (index === 1) {
    return settings.server;
  }
  if (settings.highAvailability === undefined) {
    throw new KitError('no_high_availability', 'the project has one server: it does not run in HA mode');
  }
  return settings.highAvailability.secondServer;
};

/** First the host that others connect to, then the further names; the second server has its own name only. */
const namesOf = ({ serverProps }: KitSettings, index: 1 | 2, place: ServerAddress): readonly string[] =>
  index === 1 ? [place.host, place.name, ...(serverProps.host_names ?? [])] : [place.name];

const ownListener = (settings: KitSettings, place: ServerAddress): readonly KitFile[] => {
  const { release, serverProps } = settings;
  return serverProps.listening_host === undefined || !isAtLeast(release, '2.6')
    ? renewalFile(settings)
    : [text('local/comm_config.json', commConfig(settings, serverProps.listening_host, place.host))];
};

/**
 * Plans the kit of the first or second server (docs/startup-kit-format.md#trees).
 *
 * @throws KitError `no_high_availability` for the second server of a project without HA mode
 */
export const planServer = (settings: KitSettings, index: 1 | 2): KitPlan => {
  const { release, organization, projectProps, serverProps } = settings;
  const place = placeOf(settings, index);
  const program = serverProgram(organization);
  const startup: readonly KitFile[] = [
    text('startup/fed_server.json', fedServer(settings, place)),
    ...credentialFiles('server'),
    ...customRoot(serverProps.custom_ca_cert ?? projectProps.custom_ca_cert),
    ...RUN_SCRIPTS,
    script('sub_start.sh', subStartSh(program, settings)),
    ...jobCaFiles(settings),
    ...(isAtLeast(release, '2.8') ? [script('sync-denylist.sh', SYNC_DENYLIST_SH)] : []),
    script('docker.sh', serverDockerSh(settings.dockerImage, program)),
  ];
  const facts = { project: settings.project, name: place.name, release, signed: startupNames(startup) };
  return {
    name: place.name,
    own: {
      kind: 'server',
      commonName: place.identity,
      ...(organization === '' ? {} : { organization }),
      subjectAltNames: subjectAltNames(namesOf(settings, index, place)),
    },
    ...jobCaRequest(settings),
    folders: workFolders(release),
    files: [
      ...startup,
      text('local/resources.json.default', serverResources(settings)),
      ...siteSettings(release),
      ...ownListener(settings, place),
      ...(settings.studies === undefined
        ? []
        : [text('local/study_registry.json', studyRegistry(settings.studies))]),
      text('readme.txt', serverReadme(facts, [place.flPort, place.adminPort], settings.dockerImage)),
    ],
    signed: signedFolders(release),
  };
};
