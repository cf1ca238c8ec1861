import { join } from 'node:path';
import { z } from 'zod';
import { RESTART_POLICIES } from '../../../engine/spec.ts';
import { ownImage } from '../../deployment/container/ensure-image.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import type { Flags } from '../../handler.ts';
import type { Runtime } from '../../runtime.ts';
import { isSecretVariable } from '../../settings/dashboard-file.ts';
import { parseFlags } from '../../settings/parse-flags.ts';
import { readStartSettings, type StartSettings } from '../../settings/start-settings.ts';
import type { ServicePlan } from './service-plan.ts';

const RawService = z.object({
  user: z.boolean().default(false),
  port: z.number().optional(),
  timeout: z.number().optional(),
  restart: z.enum(RESTART_POLICIES).optional(),
  passphrase: z.string().optional(),
  cred: z.string().optional(),
  local: z.boolean().optional(),
  quadlet: z.boolean().optional(),
  compose: z.boolean().optional(),
});

/** A service's file is read by others, and outlives the environment of this command. */
const refuseSecrets = (raw: z.infer<typeof RawService>, settings: StartSettings): void => {
  if (raw.passphrase !== undefined) {
    throw CLI_ERRORS.usage({ what: 'A service reads the passphrase from a file: use --passphrase-file.' });
  }
  if (raw.cred !== undefined) {
    throw CLI_ERRORS.usage({ what: 'A service reads the first project admin from a file: use --cred-file.' });
  }
  for (const [name, value] of settings.environment) {
    if (isSecretVariable(name, value)) {
      throw CLI_ERRORS.usage({
        what: `${name} is a secret, and others can read a service's file: name a file of the secret instead.`,
      });
    }
  }
};

/**
 * Reads what a service is to run with.
 *
 * @throws CliError
 */
export const readServicePlan = async (flags: Flags, runtime: Runtime): Promise<ServicePlan> => {
  const raw = parseFlags(RawService, flags);
  const inContainer = raw.quadlet === true || raw.compose === true;
  if (inContainer && raw.local === true) {
    throw CLI_ERRORS.usage({ what: '--local cannot be combined with a container of Podman or Compose.' });
  }
  const settings = await readStartSettings({ ...flags, local: !inContainer }, runtime);
  refuseSecrets(raw, settings);
  if (/[\r\n]/.test(settings.folder)) {
    throw CLI_ERRORS.usage({ what: 'A service needs a folder without line breaks in its name.' });
  }
  const { owner, hasDatabase } = await inspectFolder(settings.folder, undefined);
  const { passphraseFile, sources } = settings;
  const credentialFile = settings.credentialSource.startsWith('/') ? settings.credentialSource : undefined;
  const flagged = [...settings.environment].filter(([name]) => sources.get(`env ${name}`) === 'flag');
  return {
    settings,
    options: [
      ...(raw.port === undefined ? [] : ['--port', String(raw.port)]),
      ...(raw.timeout === undefined ? [] : ['--timeout', String(raw.timeout)]),
      ...flagged.flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ],
    image: settings.image ?? ownImage(runtime.packageRoot),
    user: raw.user,
    owner,
    program: [runtime.node, join(runtime.packageRoot, 'bin', 'dashboard.js')],
    secrets: {
      ...(passphraseFile === undefined ? {} : { passphrase: passphraseFile }),
      ...(credentialFile === undefined || hasDatabase ? {} : { cred: credentialFile }),
    },
    environment: Object.fromEntries(settings.environment),
  };
};

/** @throws CliError `credential_missing` where the first start would have no project admin */
export const requireAdmin = async ({ settings, secrets }: ServicePlan): Promise<void> => {
  const { hasDatabase } = await inspectFolder(settings.folder, undefined);
  if (!hasDatabase && secrets.cred === undefined && settings.credential === undefined) {
    throw CLI_ERRORS.inputMissing({
      what: `The project in ${settings.folder} has no project admin yet, and a service can ask nobody.`,
      advice:
        'Give --cred-file FILE with EMAIL:PASSWORD, or run `dashboard start` and `dashboard stop` once before.',
    });
  }
};
