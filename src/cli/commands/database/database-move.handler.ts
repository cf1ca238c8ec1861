import { join } from 'node:path';
import { publicAddress } from '../../../contract/database-marker.ts';
import { maintain } from '../../backend/maintain.ts';
import { refuseWhileServed } from '../../deployment/find-deployment.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import { givenDatabaseUrl, readDatabaseMarker } from '../../folder/project-database.ts';
import { setAside } from '../../folder/set-aside.ts';
import type { Handler } from '../../handler.ts';
import type { Report } from '../../output/output.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

const moveReport = (
  rows: Readonly<Record<string, number>>,
  lines: readonly string[],
  place: string,
): Report => {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const tables = Object.keys(rows).length;
  return {
    data: { state: 'moved', to: place, rows },
    lines: [`Moved ${total} rows of ${tables} tables to ${place}, and compared each of them.`, ...lines],
  };
};

/** `dashboard database move`: copies, compares, and only then lets the folder name the other database. */
export const moveDatabase: Handler = async (flags, _words, { runtime, output }) => {
  const settings = await readTargetSettings(flags, runtime);
  const { folder } = settings;
  const to = flags['to'] === 'postgres' ? 'postgres' : 'sqlite';
  const project = await inspectFolder(folder, runtime.uid);
  const marker = await readDatabaseMarker(folder);
  const file = join(folder, 'db.sqlite');
  const present = marker?.engine ?? 'sqlite';
  await refuseWhileServed(settings, runtime);
  if (present === to) {
    const place = marker?.address ?? 'db.sqlite';
    return { data: { state: 'unchanged' }, lines: [`The project of ${folder} is in ${place} already.`] };
  }
  const databaseUrl = await givenDatabaseUrl(runtime);
  if (databaseUrl === undefined) {
    throw CLI_ERRORS.inputMissing({
      what: 'The PostgreSQL database was not named.',
      advice: 'Set DATABASE_URL, or NVFL_DATABASE_URL_FILE to a file that contains it.',
    });
  }
  if (to === 'postgres' && !project.hasDatabase) {
    const advice = 'Name the folder of a project with --folder.';
    throw CLI_ERRORS.fileUnusable({ path: file, reason: 'there is no database', advice });
  }
  // Left by a move that was interrupted, or from before the project went to PostgreSQL.
  if (to === 'sqlite') {
    await setAside(file, runtime.now());
  }
  output.step('Copying the database …');
  const request = { task: 'copy', webRoot: folder, databaseUrl, to, file, takeOver: true } as const;
  const { rows = {} } = await maintain(request, runtime, project.owner);
  const address = publicAddress(databaseUrl);
  if (to === 'sqlite') {
    return moveReport(rows, [`${address} was left as it is; start without DATABASE_URL from now on.`], file);
  }
  const old = await setAside(file, runtime.now());
  const aside = old === undefined ? [] : [`The old database was set aside as ${old}.`];
  return moveReport(rows, [...aside, 'Start with DATABASE_URL from now on.'], address);
};
