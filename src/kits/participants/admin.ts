import type { KitParticipant, KitProject } from '../../contract/kit.ts';
import { isAtLeast } from '../../contract/releases.ts';
import type { KitFile, KitPlan } from '../kit-file.ts';
import { ADMIN_RESOURCES } from '../local/admin-resources.ts';
import { adminProps } from '../props/merge.ts';
import { connectedPlaces, type KitSettings, targetOf } from '../settings.ts';
import { studyUris } from '../release-2-10.ts';
import { fedAdmin } from '../startup/fed-admin.ts';
import { adminDockerSh } from '../templates/docker-sh.ts';
import { FL_ADMIN_SH } from '../templates/fl-admin-sh.ts';
import { notebook } from '../templates/notebook.ts';
import { adminReadme } from '../templates/readme.ts';
import { VERIFY_SH } from '../templates/verify-sh.ts';
import {
  credentialFiles,
  customRoot,
  script,
  signedFolders,
  startupNames,
  text,
  workFolders,
} from './common.ts';

type Admin = Extract<KitParticipant, { kind: 'admin' }>;

/**
 * Plans the kit of a console user (docs/startup-kit-format.md#trees); its certificate carries the role.
 *
 * @throws KitError `properties_invalid`
 */
export const planAdmin = (project: KitProject, settings: KitSettings, admin: Admin): KitPlan => {
  const { release, projectProps } = settings;
  const props = adminProps(project, admin.props);
  const forPeople = isAtLeast(release, '2.6') ? 'startup/' : '';
  const target = targetOf(settings, settings.server.adminPort, props.connect_to, undefined);
  const startup: readonly KitFile[] = [
    text('startup/fed_admin.json', fedAdmin(settings, admin.email, props)),
    ...credentialFiles('client'),
    ...customRoot(props.custom_ca_cert ?? projectProps.custom_ca_cert),
    script('fl_admin.sh', FL_ADMIN_SH),
    script('verify.sh', VERIFY_SH),
    ...(isAtLeast(release, '2.6') ? [script('docker.sh', adminDockerSh(settings.dockerImage))] : []),
    text(`${forPeople}system_info.ipynb`, notebook(admin.email)),
  ];
  const signed = startupNames([...startup, text(`${forPeople}readme.txt`, '')]);
  const facts = { project: settings.project, name: admin.email, release, signed };
  return {
    name: admin.email,
    own: {
      kind: 'admin',
      commonName: admin.email,
      organization: admin.organization,
      role: admin.role,
      subjectAltNames: [{ type: 'dns', value: admin.email }, ...studyUris(settings, admin.email)],
    },
    folders: ['local', ...workFolders(release)],
    files: [
      ...startup,
      text(`${forPeople}readme.txt`, adminReadme(facts, connectedPlaces(settings, target, 'adminPort'))),
      ...(isAtLeast(release, '2.7') ? [text('local/resources.json.default', ADMIN_RESOURCES)] : []),
    ],
    signed: signedFolders(release),
  };
};
