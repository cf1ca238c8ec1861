import type { Selectable } from 'kysely';
import type { Reader, Trx } from './database.ts';
import type { CertificateRow, Schema } from './schema.ts';

/** Most serial numbers in one query; engines limit the number of parameters. */
const CHUNK = 500;

/** Returns the certificates of the ledger with these serial numbers, oldest first. */
export const certificatesBySerial = async (
  db: Reader | Trx,
  serials: readonly string[],
): Promise<readonly CertificateRow[]> => {
  const found: CertificateRow[] = [];
  for (let start = 0; start < serials.length; start += CHUNK) {
    found.push(
      ...(await db
        .selectFrom('certificate')
        .selectAll()
        .where('serial', 'in', serials.slice(start, start + CHUNK))
        .execute()),
    );
  }
  return found.toSorted((one, other) => one.id - other.id);
};

/** Returns what a holder could still use: neither revoked nor expired. @param now stored time */
export const usableCertificatesOf = (
  db: Reader | Trx,
  holder: string,
  now: string,
): Promise<CertificateRow[]> =>
  db
    .selectFrom('certificate')
    .selectAll()
    .where('holder', '=', holder)
    .where('revoked_at', '=', '')
    .where('not_after', '>', now)
    .orderBy('id')
    .execute();

/** @param at stored time */
export const markRevoked = async (trx: Trx, serial: string, reason: string, at: string): Promise<void> => {
  await trx
    .updateTable('certificate')
    .set({ revoked_at: at, revocation_reason: reason })
    .where('serial', '=', serial)
    .execute();
};

/** Returns revoked certificates that expired no earlier than `since` (stored time), oldest first. */
export const revokedCertificates = (
  db: Reader | Trx,
  since: string,
): Promise<Pick<CertificateRow, 'serial' | 'revoked_at' | 'revocation_reason'>[]> =>
  db
    .selectFrom('certificate')
    .select(['serial', 'revoked_at', 'revocation_reason'])
    .where('revoked_at', '!=', '')
    .where('not_after', '>=', since)
    .orderBy('id')
    .execute();

/**
 * Returns the names of sites all of whose certificates are revoked: NVFLARE locks out a name, and with it every
 * certificate of that name.
 *
 * @param now stored time
 */
export const lockedOutSites = async (db: Reader | Trx, now: string): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('certificate')
    .select('common_name')
    .distinct()
    .where('kind', '=', 'client')
    .where('not_after', '>', now)
    .where('revoked_at', '!=', '')
    .where('common_name', 'not in', (nested) =>
      nested
        .selectFrom('certificate as other')
        .select('other.common_name')
        .where('other.kind', '=', 'client')
        .where('other.not_after', '>', now)
        .where('other.revoked_at', '=', ''),
    )
    .orderBy('common_name')
    .execute();
  return rows.map(({ common_name }) => common_name);
};

export type StoredCrl = Selectable<Schema['crl']>;

/** @returns undefined before the first list was signed */
export const readCrl = (db: Reader | Trx): Promise<StoredCrl | undefined> =>
  db.selectFrom('crl').selectAll().executeTakeFirst();

/**
 * Stores a list in place of the one before.
 *
 * @returns false when another replica stored one meanwhile; nothing is changed then
 */
export const replaceCrl = async (trx: Trx, next: Omit<StoredCrl, 'id'>): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('crl')
    .values({ id: 1, ...next })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(next)
        .where('crl.number', '=', next.number - 1),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
};
