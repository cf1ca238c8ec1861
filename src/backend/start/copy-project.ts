import { rename, rm } from 'node:fs/promises';
import type { MaintenanceRequest } from '../../contract/maintenance.ts';
import { StartError } from '../context/start-error.ts';
import { copyDatabase, CopyError, type CopiedRows } from '../store/copy/copy-database.ts';
import { openDatabase } from '../store/open.ts';
import { MAINTENANCE, readPostgresSnapshot } from '../store/postgres/snapshot.ts';
import { openPostgres } from '../store/postgres/open.ts';
import { databaseLocation } from './database-location.ts';
import { markFolder } from './database-marker.ts';
import { databaseError } from './database-error.ts';

type CopyRequest = Extract<MaintenanceRequest, { readonly task: 'copy' }>;
type PostgresLocation = Extract<ReturnType<typeof databaseLocation>, { readonly engine: 'postgres' }>;

const toPostgres = async (request: CopyRequest, place: PostgresLocation): Promise<CopiedRows> => {
  const source = await openDatabase({ engine: 'sqlite', file: request.file });
  try {
    const target = await openPostgres(place.url, { application: MAINTENANCE });
    try {
      const rows = await source.reader.transaction().execute((trx) => copyDatabase(trx, target));
      if (request.takeOver) {
        await markFolder(request.webRoot, place, target.reader);
      }
      return rows;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

const toSqlite = async (request: CopyRequest, place: PostgresLocation): Promise<CopiedRows> => {
  const partial = `${request.file}.partial`;
  for (const end of ['', '-wal', '-shm']) {
    await rm(partial + end, { force: true });
  }
  const rows = await readPostgresSnapshot(place.url, request.takeOver, async (snapshot) => {
    const target = await openDatabase({ engine: 'sqlite', file: partial });
    try {
      return await copyDatabase(snapshot, target);
    } finally {
      await target.close();
    }
  });
  await rename(partial, request.file);
  if (request.takeOver) {
    const target = await openDatabase({ engine: 'sqlite', file: request.file });
    try {
      await markFolder(request.webRoot, { engine: 'sqlite', file: request.file }, target.reader);
    } finally {
      await target.close();
    }
  }
  return rows;
};

/**
 * Copies a project between PostgreSQL and a SQLite file.
 *
 * @returns how many rows of each table
 * @throws StartError when one of both cannot be used
 */
export const copyProject = async (request: CopyRequest): Promise<CopiedRows> => {
  const place = databaseLocation(request.databaseUrl, request.webRoot);
  if (place.engine !== 'postgres') {
    throw new StartError(
      'badConfiguration',
      'DATABASE_URL names no PostgreSQL database.',
      'Give postgres://user:password@host:port/name.',
    );
  }
  try {
    return await (request.to === 'postgres' ? toPostgres : toSqlite)(request, place);
  } catch (error) {
    if (error instanceof CopyError) {
      throw new StartError(
        'failed',
        `The ${request.to === 'postgres' ? 'new database' : 'database'} ${error.message}.`,
        'Name an empty database, stop every dashboard that uses it, and run the same command again.',
        { cause: error },
      );
    }
    throw databaseError(error, place);
  }
};
