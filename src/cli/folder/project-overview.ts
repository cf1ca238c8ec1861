import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProjectOverview } from '../../contract/maintenance.ts';
import { maintain } from '../backend/maintain.ts';
import type { Runtime } from '../runtime.ts';
import { inspectFolder } from './inspect-folder.ts';
import { readDatabaseMarker } from './project-database.ts';

/**
 * Reads who waits for approval in a project, and when its root CA and certificates expire.
 *
 * @param runsAs as whom the backend runs; undefined: as the folder's owner
 * @returns undefined for a project that is not in this folder's db.sqlite
 */
export const readProjectOverview = async (
  folder: string,
  runtime: Runtime,
  runsAs: number | undefined,
): Promise<ProjectOverview | undefined> => {
  const { hasDatabase, owner } = await inspectFolder(folder, runsAs, 'enough');
  const database = join(folder, 'db.sqlite');
  const isElsewhere = (await readDatabaseMarker(folder))?.engine === 'postgres';
  if (!hasDatabase || isElsewhere || (await stat(database)).size === 0) {
    return undefined;
  }
  const { text } = await maintain({ task: 'overview', database }, runtime, owner);
  return ProjectOverview.parse(JSON.parse(text));
};
