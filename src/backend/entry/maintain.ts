import { text } from 'node:stream/consumers';
import { MaintenanceRequest, type MaintenanceResponse } from '../../contract/maintenance.ts';
import { writeCertificateFiles } from '../start/certificate-files.ts';
import { checkProjectFolder } from '../start/check-project-folder.ts';
import { importProject } from '../provision/import-project.ts';
import { readConfig } from '../start/read-config.ts';
import { requireOwnDatabase } from '../start/database-marker.ts';
import { resetAdmin, resetSecondFactor } from '../start/reset-admin.ts';
import { writeSelfSignedPair } from '../start/self-signed-pair.ts';
import { StartError } from '../context/start-error.ts';
import type { Database } from '../store/database.ts';
import { openDatabase } from '../store/open.ts';
import { countWaiting } from '../store/sqlite/count-waiting.ts';
import { findDamage, snapshotSqlite } from '../store/sqlite/snapshot.ts';

/** Opens the database that the project's folder names, and closes it again. */
const onDatabase = async <T>(
  { webRoot, databaseUrl }: { readonly webRoot: string; readonly databaseUrl?: string | undefined },
  work: (db: Database) => Promise<T>,
): Promise<T> => {
  const secrets = databaseUrl === undefined ? {} : { databaseUrl };
  const { database } = readConfig({ NVFL_WEB_ROOT: webRoot }, secrets);
  await requireOwnDatabase(webRoot, database);
  const db = await openDatabase(database);
  try {
    return await work(db);
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
      const damage = findDamage(request.database);
      return damage === undefined
        ? { ok: true, text: 'sound' }
        : { ok: false, message: `The database is no sound project: ${damage}.`, advice: 'Use another copy.' };
    }
    case 'inspect': {
      const { inspectCopy } = await import('../start/inspect-copy.ts');
      return { ok: true, text: JSON.stringify(await inspectCopy(request)) };
    }
    case 'count-waiting':
      return { ok: true, text: JSON.stringify(countWaiting(request.database)) };
    case 'copy': {
      const { copyProject } = await import('../start/copy-project.ts');
      const rows = await copyProject(request);
      return { ok: true, text: 'copied', rows };
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
    case 'reset-admin': {
      const { email, password } = request;
      const text = await onDatabase(request, (db) => resetAdmin(db, email, password, new Date()));
      return { ok: true, text };
    }
    case 'reset-second-factor': {
      const text = await onDatabase(request, (db) => resetSecondFactor(db, request.email, new Date()));
      return { ok: true, text };
    }
  }
};

const refusal = (error: unknown): MaintenanceResponse => ({
  ok: false,
  message: error instanceof StartError ? error.message : `It failed: ${String(error)}.`,
  advice: error instanceof StartError ? error.advice : 'Look at the reason, then try again.',
});

const main = async (): Promise<void> => {
  const response = await text(process.stdin)
    .then((input) => perform(MaintenanceRequest.parse(JSON.parse(input))))
    .catch(refusal);
  process.stdout.write(JSON.stringify(response));
};

process.umask(0o077);
void main();
