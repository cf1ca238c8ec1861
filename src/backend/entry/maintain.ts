import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CONTAINER, ENVIRONMENT } from '../../contract/environment.ts';
import {
  MaintenanceRequest,
  type MaintenanceProgress,
  type MaintenanceResponse,
} from '../../contract/maintenance.ts';
import { databaseLocation } from '../start/database-location.ts';
import { StartError } from '../context/start-error.ts';
import type { Database } from '../store/database.ts';
import type { AuditKey } from '../store/audit.ts';
import type { DatabaseLocation } from '../store/open.ts';

/** Interval in which a long task tells how far it has come. */
const PROGRESS_MS = 3000;

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
  const { requireOwnDatabase } = await import('../start/database-marker.ts');
  const { openDatabase } = await import('../store/open.ts');
  const { existingAuditKey } = await import('../start/audit-key.ts');
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

/** Returns what writes how far a task has come, now and then. */
const reportProgress = (): ((progress: MaintenanceProgress) => void) => {
  let reported = performance.now();
  return (progress) => {
    const now = performance.now();
    if (now - reported >= PROGRESS_MS) {
      reported = now;
      process.stdout.write(`${JSON.stringify(progress)}\n`);
    }
  };
};

/** Each task loads what it needs: `status` waits for one of them. */
const perform = async (request: MaintenanceRequest): Promise<MaintenanceResponse> => {
  switch (request.task) {
    case 'snapshot': {
      const { snapshotSqlite } = await import('../store/sqlite/snapshot.ts');
      await snapshotSqlite(request.database, request.into);
      return { ok: true, text: request.into };
    }
    case 'check': {
      const { findDamage, isOfLaterVersion } = await import('../store/sqlite/snapshot.ts');
      const { onReadableDisk } = await import('../store/sqlite/read-only-disk.ts');
      return onReadableDisk(request.database, async (database) => {
        const damage = await findDamage(database);
        return damage === undefined
          ? { ok: true, text: (await isOfLaterVersion(database)) ? 'later version' : 'sound' }
          : {
              ok: false,
              message: `The database is no sound project: ${damage}.`,
              advice: 'Use another copy.',
            };
      });
    }
    case 'inspect': {
      const { inspectCopy } = await import('../start/inspect-copy.ts');
      return { ok: true, text: JSON.stringify(await inspectCopy(request)) };
    }
    case 'overview': {
      const { projectOverview } = await import('../store/sqlite/project-overview.ts');
      const { onReadableDisk } = await import('../store/sqlite/read-only-disk.ts');
      const overview = await onReadableDisk(request.database, (database) =>
        Promise.resolve(projectOverview(database, new Date())),
      );
      return { ok: true, text: JSON.stringify(overview) };
    }
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
      const { checkProjectFolder } = await import('../start/check-project-folder.ts');
      return { ok: true, text: JSON.stringify(await checkProjectFolder(request.webRoot)) };
    }
    case 'self-signed': {
      const { writeSelfSignedPair } = await import('../start/self-signed-pair.ts');
      return { ok: true, text: await writeSelfSignedPair(request.folder, request.names, new Date()) };
    }
    case 'write-certificate': {
      const { writeCertificateFiles } = await import('../start/certificate-files.ts');
      await writeCertificateFiles(request);
      return { ok: true, text: 'written' };
    }
    case 'import-project': {
      const { importProject } = await import('../provision/import-project.ts');
      return { ok: true, text: JSON.stringify(await importProject(request, new Date())) };
    }
    case 'audit-head': {
      const { readAuditHead } = await import('../start/inspect-audit.ts');
      return { ok: true, text: JSON.stringify(await readAuditHead(placeOf(request))) };
    }
    case 'audit-verify': {
      const { verifyAudit } = await import('../start/inspect-audit.ts');
      const found = await verifyAudit(
        placeOf(request),
        { webRoot: request.webRoot, secretKey: request.secretKey },
        request.head,
        reportProgress(),
      );
      return { ok: true, text: JSON.stringify(found) };
    }
    case 'reset-admin': {
      const { resetAdmin } = await import('../start/reset-admin.ts');
      const { email, password } = request;
      const text = await onDatabase(request, (db, key, now) => resetAdmin(db, key, email, password, now));
      return { ok: true, text };
    }
    case 'reset-second-factor': {
      const { resetSecondFactor } = await import('../start/reset-admin.ts');
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

const explain = async (error: unknown, request: MaintenanceRequest): Promise<unknown> => {
  const place = error instanceof StartError ? undefined : databaseOf(request);
  if (place === undefined) {
    return error;
  }
  const { databaseError, isDatabaseError } = await import('../start/database-error.ts');
  return isDatabaseError(error, place) ? databaseError(error, place) : error;
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
    return refusal(await explain(error, request));
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
enableCompileCache(join(import.meta.dirname, '.compile-cache'));
void main();
