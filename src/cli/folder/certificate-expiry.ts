import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CertificateExpiry } from '../../contract/maintenance.ts';
import { maintain } from '../backend/maintain.ts';
import type { Runtime } from '../runtime.ts';
import { inspectFolder } from './inspect-folder.ts';
import { readDatabaseMarker } from './project-database.ts';

/**
 * Reads when the project's root CA and certificates expire.
 *
 * @param runsAs as whom the backend runs; undefined: as the folder's owner
 * @returns undefined for a project that is not in this folder's db.sqlite
 */
export const readCertificateExpiry = async (
  folder: string,
  runtime: Runtime,
  runsAs: number | undefined,
): Promise<CertificateExpiry | undefined> => {
  const { hasDatabase, owner } = await inspectFolder(folder, runsAs);
  const database = join(folder, 'db.sqlite');
  const isElsewhere = (await readDatabaseMarker(folder))?.engine === 'postgres';
  if (!hasDatabase || isElsewhere || (await stat(database)).size === 0) {
    return undefined;
  }
  const { text } = await maintain({ task: 'certificate-expiry', database }, runtime, owner);
  return CertificateExpiry.parse(JSON.parse(text));
};

const DAY_MS = 86_400_000;

/** Returns whole days from now until a time, negative once it has passed. @param at ISO 8601 */
export const daysUntil = (at: string, now: Date): number =>
  Math.floor((Date.parse(at) - now.getTime()) / DAY_MS);
