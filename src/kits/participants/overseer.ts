import type { KitPlan } from '../kit-file.ts';
import { KitError } from '../kit-error.ts';
import type { KitSettings } from '../settings.ts';
import { subjectAltNames } from '../subject-alt-names.ts';
import { gunicornConf, OVERSEER_START_SH } from '../templates/overseer.ts';
import { overseerReadme } from '../templates/readme.ts';
import { credentialFiles, script, signedFolders, text } from './common.ts';

/**
 * Plans the overseer's kit (docs/startup-kit-format.md#high-availability); HA mode only.
 *
 * @throws KitError `no_high_availability`
 */
export const planOverseer = (settings: KitSettings): KitPlan => {
  const { highAvailability, release, project } = settings;
  if (highAvailability === undefined) {
    throw new KitError('no_high_availability', 'the project has no overseer: it does not run in HA mode');
  }
  const { overseer, overseerPort } = highAvailability;
  return {
    name: overseer,
    own: {
      kind: 'overseer',
      commonName: overseer.slice(0, 64),
      subjectAltNames: subjectAltNames([overseer]),
    },
    folders: [],
    files: [
      ...credentialFiles('overseer'),
      text('startup/gunicorn.conf.py', gunicornConf(overseerPort)),
      script('start.sh', OVERSEER_START_SH),
      text('readme.txt', overseerReadme({ project, name: overseer, release, signed: [] }, overseerPort)),
    ],
    // The overseer does not read it; unpack_kit.py does.
    signed: signedFolders(release),
  };
};
