import type { ContainerState } from '../../../engine/engine.ts';
import type { CliError } from '../../errors/cli-error.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';

/** Set by `docker compose` on its containers. */
const COMPOSE_PROJECT = 'com.docker.compose.project';

/** The error for a dashboard that another tool created. */
export const createdByOthers = ({ name, labels }: ContainerState, otherwise: string): CliError => {
  const compose = labels[COMPOSE_PROJECT] !== undefined;
  return CLI_ERRORS.runByOthers({
    name,
    by: compose ? 'Compose' : 'another tool',
    advice: `Use ${compose ? '`docker compose`' : 'that tool'} for it, ${otherwise}`,
  });
};
