import { text } from 'node:stream/consumers';
import { CONTAINER, ENVIRONMENT } from '../../contract/environment.ts';
import { MaintenanceRequest, type MaintenanceResponse } from '../../contract/maintenance.ts';
import { writeCertificateFiles } from '../start/certificate-files.ts';
import { checkProjectFolder } from '../start/check-project-folder.ts';
import { importProject } from '../provision/import-project.ts';
import { existingAuditKey } from '../start/audit-key.ts';
import { databaseError, isDatabaseError } from '../start/database-error.ts';
import { databaseLocation } from '../start/database-location.ts';
import { readAuditHead, verifyAudit } from '../start/inspect-audit.ts';
import { requireOwnDatabase } from '../start/database-marker.ts';
import { resetAdmin, resetSecondFactor } from '../start/reset-admin.ts';
import { writeSelfSignedPair } from '../start/self-signed-pair.ts';
import { StartError } from '../context/start-error.ts';
import type { Database } from '../store/database.ts';
import type { AuditKey } from '../store/audit.ts';
import { openDatabase, type DatabaseLocation } from '../store/open.ts';
import { certificateExpiry } from '../store/sqlite/certificate-expiry.ts';
import { countWaiting } from '../store/sqlite/count-waiting.ts';
import { findDamage, isOfLaterVersion, snapshotSqlite } from '../store/sqlite/snapshot.ts';

const placeOf = ({
  webRoot,
  databaseUrl,
}: {
  readonly webRoot: string;
  readonly databaseUrl?: string | undefined;
}): DatabaseLocation => databaseLocation(databaseUrl, webRoot);

/** Opens the database that the project's folder names, with the key of its audit log, and closes it again. */
const onDatabase = async <T>(
  {
    webRoot,
    databaseUrl,
    secretKey,
  }: {
    readonly webRoot: string;
    readonly databaseUrl?: string | undefined;
    readonly secretKey?: string | undefined;
  },
  work: (db: Database, key: AuditKey, now: Date) => Promise<T>,
): Promise<T> => {
  const database = placeOf({ webRoot, databaseUrl });
  await requireOwnDatabase(webRoot, database);
  const db = await openDatabase(database);
  try {
    const now = new Date();
    return await work(db, await existingAuditKey(db, { webRoot, secretKey }, now), now);
  } finally {
    await db.close();
  }
};

const perform = async (request: MaintenanceRequest): Promise<MaintenanceResponse> => {
  switch (request.task) {
    case 'snapshot':
      await snapshotSqlite(request.database, request.into);
      return { ok: true, text: request.into };
    case 'check': {
      const damage = await findDamage(request.database);
      return damage === undefined
        ? { ok: true, text: (await isOfLaterVersion(request.database)) ? 'later version' : 'sound' }
        : { ok: false, message: `The database is no sound project: ${damage}.`, advice: 'Use another copy.' };
    }
    case 'inspect': {
      const { inspectCopy } = await import('../start/inspect-copy.ts');
      return { ok: true, text: JSON.stringify(await inspectCopy(request)) };
    }
    case 'count-waiting':
      return { ok: true, text: JSON.stringify(countWaiting(request.database)) };
    case 'certificate-expiry':
      return { ok: true, text: JSON.stringify(certificateExpiry(request.database, new Date())) };
    case 'copy': {
      const { copyProject } = await import('../start/copy-project.ts');
      const rows = await copyProject(request);
      return { ok: true, text: 'copied', rows };
    }
    case 'check-services': {
      const { checkServices } = await import('../start/check-services.ts');
      const { environment = process.env, webRoot } = request;
      const folder = webRoot ?? environment[ENVIRONMENT.webRoot] ?? CONTAINER.folder;
      // Relative paths start there, as they do for the backend.
      process.chdir(folder);
      return { ok: true, text: JSON.stringify(await checkServices(environment, folder)) };
    }
    case 'check-folder': {
      await import('../store/sqlite/open.ts');
      return { ok: true, text: JSON.stringify(await checkProjectFolder(request.webRoot)) };
    }
    case 'self-signed':
      return { ok: true, text: await writeSelfSignedPair(request.folder, request.names, new Date()) };
    case 'write-certificate':
      await writeCertificateFiles(request);
      return { ok: true, text: 'written' };
    case 'import-project':
      return { ok: true, text: JSON.stringify(await importProject(request, new Date())) };
    case 'audit-head':
      return { ok: true, text: JSON.stringify(await readAuditHead(placeOf(request))) };
    case 'audit-verify': {
      const found = await verifyAudit(
        placeOf(request),
        { webRoot: request.webRoot, secretKey: request.secretKey },
        request.head,
      );
      return { ok: true, text: JSON.stringify(found) };
    }
    case 'reset-admin': {
      const { email, password } = request;
      const text = await onDatabase(request, (db, key, now) => resetAdmin(db, key, email, password, now));
      return { ok: true, text };
    }
    case 'reset-second-factor': {
      const text = await onDatabase(request, (db, key, now) =>
        resetSecondFactor(db, key, request.email, now),
      );
      return { ok: true, text };
    }
  }
};

/** The database that a request is about; undefined: none. */
const databaseOf = (request: MaintenanceRequest): DatabaseLocation | undefined => {
  if ('database' in request) {
    return { engine: 'sqlite', file: request.database };
  }
  return 'webRoot' in request && request.task !== 'check-services' ? placeOf(request) : undefined;
};

const explain = (error: unknown, request: MaintenanceRequest): unknown => {
  const place = error instanceof StartError ? undefined : databaseOf(request);
  return place !== undefined && isDatabaseError(error, place) ? databaseError(error, place) : error;
};

const refusal = (error: unknown): MaintenanceResponse => ({
  ok: false,
  message:
    error instanceof StartError
      ? error.message
      : `It failed: ${error instanceof Error ? error.message : String(error)}.`,
  advice: error instanceof StartError ? error.advice : 'Look at the reason, then try again.',
});

const respond = async (input: string): Promise<MaintenanceResponse> => {
  const request = MaintenanceRequest.parse(JSON.parse(input));
  try {
    return await perform(request);
  } catch (error) {
    return refusal(explain(error, request));
  }
};

/** A request without secrets may be an argument, as for a process that an engine runs in a container. */
const readRequest = (): Promise<string> => {
  const [, , argument] = process.argv;
  return argument === undefined ? text(process.stdin) : Promise.resolve(argument);
};

const main = async (): Promise<void> => {
  const response = await readRequest().then(respond).catch(refusal);
  process.stdout.write(JSON.stringify(response));
};

process.umask(0o077);
void main();
