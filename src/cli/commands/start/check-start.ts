import { join } from 'node:path';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import { readDatabaseMarker } from '../../folder/project-database.ts';
import { inspectWebCertificate } from '../../folder/web-certificate.ts';
import type { CommandContext } from '../../handler.ts';
import { divideEnvironment, type BackendEnvironment } from '../../settings/backend-environment.ts';
import { findPassphrase } from '../../settings/passphrase.ts';
import type { StartSettings } from '../../settings/start-settings.ts';
import { usesOwnDatabase } from './first-admin.ts';
import { hasAdmin } from './has-admin.ts';
import type { Surroundings } from './open-host.ts';

const ADMIN_THERE =
  'the project has its project admin already, and --cred changes nothing; `dashboard admin reset` gives a new password.';

/** A start whose arguments and folder are in order. */
export interface CheckedStart {
  readonly surroundings: Surroundings;
  readonly passphrase: string | undefined;
  readonly given: BackendEnvironment;
}

/** @throws CliError `database_url_missing` when the project is in PostgreSQL and nothing names the database */
const requireDatabaseUrl = async (settings: StartSettings): Promise<void> => {
  if (settings.image !== undefined || !usesOwnDatabase(settings)) {
    return;
  }
  const { folder } = settings;
  const marker = await readDatabaseMarker(folder);
  if (marker?.engine === 'postgres') {
    throw CLI_ERRORS.databaseUrlMissing({ folder, address: marker.address });
  }
};

/**
 * Looks at everything that can be looked at before anything is touched, and says what should be known.
 *
 * @throws CliError
 */
export const checkStart = async (
  settings: StartSettings,
  { runtime, output }: CommandContext,
): Promise<CheckedStart> => {
  const folder = await inspectFolder(settings.folder, settings.local ? runtime.uid : undefined);
  await requireDatabaseUrl(settings);
  const web = await inspectWebCertificate(settings.folder, runtime.now());
  if (settings.strict && web.scheme === 'https' && !web.isCurrent) {
    const [reason = 'it is not valid now'] = web.warnings;
    throw CLI_ERRORS.certificateBroken({
      path: join(settings.folder, 'cert'),
      reason: reason.replace(/\.$/, ''),
    });
  }
  const { passphrase, warnings } = await findPassphrase(settings, runtime);
  if (
    settings.credential !== undefined &&
    folder.hasDatabase &&
    (await hasAdmin(settings.folder, runtime)) !== false
  ) {
    output.warn(ADMIN_THERE);
  }
  for (const text of [...settings.warnings, ...web.warnings, ...warnings]) {
    output.warn(text);
  }
  const given = divideEnvironment(settings.environment);
  return { surroundings: { settings, folder, web, environment: given.plain }, passphrase, given };
};
