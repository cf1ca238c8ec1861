import type { AuditHead, AuditVerification } from '../../contract/audit-head.ts';
import type { MaintenanceProgress } from '../../contract/maintenance.ts';
import { StartError } from '../context/start-error.ts';
import { walkChain } from '../services/audit/walk-chain.ts';
import { auditHead, auditRow } from '../store/audit.ts';
import { storedAuditKey } from '../store/audit-key.ts';
import type { Reader } from '../store/database.ts';
import { isCurrent } from '../store/migrate.ts';
import type { DatabaseLocation } from '../store/open.ts';
import { lostAuditKey, openStoredKey, outerKeys, type AuditKeySource } from './audit-key.ts';
import { databaseError } from './database-error.ts';

const openReader = async (place: DatabaseLocation): Promise<Reader> => {
  if (place.engine === 'sqlite') {
    const { openSqliteReader } = await import('../store/sqlite/open-reader.ts');
    return openSqliteReader(place.file);
  }
  const [{ openPooled }, { MAINTENANCE }] = await Promise.all([
    import('../store/postgres/pool.ts'),
    import('../store/postgres/snapshot.ts'),
  ]);
  return openPooled({ url: place.url, max: 1, application: MAINTENANCE });
};

const readAt = async <T>(place: DatabaseLocation, work: (db: Reader) => Promise<T>): Promise<T> => {
  const db = await openReader(place);
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
};

const reading = async <T>(place: DatabaseLocation, work: (db: Reader) => Promise<T>): Promise<T> => {
  try {
    if (place.engine === 'postgres') {
      return await readAt(place, work);
    }
    const { onReadableDisk } = await import('../store/sqlite/read-only-disk.ts');
    return await onReadableDisk(place.file, (file) => readAt({ engine: 'sqlite', file }, work));
  } catch (error) {
    throw error instanceof StartError ? error : databaseError(error, place);
  }
};

/** Reads where the audit log ends, while a backend writes it or not. @throws StartError */
export const readAuditHead = (place: DatabaseLocation): Promise<AuditHead> =>
  reading(place, async (db) => {
    const { last_id: sequence, hash } = await auditHead(db);
    return { sequence, hash };
  });

/**
 * Walks the whole audit log, and looks for an earlier head in it.
 *
 * @throws StartError when its key is not at hand, or no backend of this version has keyed it yet
 */
export const verifyAudit = (
  place: DatabaseLocation,
  source: AuditKeySource,
  earlier: AuditHead | undefined,
  onProgress: (progress: MaintenanceProgress) => void,
): Promise<AuditVerification> =>
  reading(place, async (db) => {
    const stored = (await isCurrent(db)) ? await storedAuditKey(db) : undefined;
    if (stored === undefined || stored.sealed_key === '') {
      throw new StartError(
        'failed',
        'The audit log has no key yet.',
        'Start the dashboard of this version once; the log is keyed then.',
      );
    }
    const key = openStoredKey(await outerKeys(source), stored)?.key;
    if (key === undefined) {
      throw lostAuditKey();
    }
    const { intact, proven, head } = await walkChain(db, key, undefined, ({ id: done }, { id: of }) => {
      onProgress({ done, of });
    });
    const found = earlier === undefined ? undefined : await auditRow(db, earlier.sequence);
    return {
      intact,
      sequence: head.id,
      hash: head.hash,
      proven_until: proven.id,
      unproven_until: key.unprovenUntil,
      ...(earlier === undefined ? {} : { contains: found?.hash === earlier.hash }),
    };
  });
