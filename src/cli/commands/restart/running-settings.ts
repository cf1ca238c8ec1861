import { z } from 'zod';
import { ENVIRONMENT } from '../../../contract/environment.ts';
import { ENVIRONMENT_PREFIX, RESTART_POLICIES, settingsInLabels } from '../../../engine/spec.ts';
import type { Running } from '../../deployment/running-dashboard.ts';
import type { StartDefaults } from '../../settings/start-settings.ts';

const RestartPolicy = z.enum(RESTART_POLICIES).optional().catch(undefined);
/** Our image by its own name, here or as Podman calls it: this package's is meant, whatever version ran. */
const OWN_IMAGE = /^(localhost\/)?nvflare-dashboard:/;

/**
 * Returns what a running dashboard was started with, as far as it can be seen; what came over standard input cannot.
 * Pure.
 */
export const settingsOf = (running: Running): StartDefaults => {
  const { port, folder, state } = running;
  const place = { port, ...(folder === undefined ? {} : { folder }) };
  if (running.kind === 'process') {
    return { ...place, local: true, environment: state.environment };
  }
  const settings = settingsInLabels(running.state.labels);
  const image = settings['image'];
  const given = Object.entries(state.environment).filter(
    ([name]) => settings[`${ENVIRONMENT_PREFIX}${name}`] !== undefined && name !== ENVIRONMENT.publishedHost,
  );
  return {
    ...place,
    name: running.state.name,
    image: image === undefined || OWN_IMAGE.test(image) ? undefined : image,
    restart: RestartPolicy.parse(settings['restart']),
    environment: {
      ...Object.fromEntries(given),
      ...(running.state.address === undefined ? {} : { [ENVIRONMENT.webHost]: running.state.address }),
    },
  };
};
