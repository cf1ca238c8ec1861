import type { Reader, Trx } from './database.ts';
import type { CertificateRow, Schema } from './schema.ts';

export type EarlierRoot = Schema['earlier_root'];

/** Returns the root certificate that was replaced last. */
export const lastEarlierRoot = (db: Reader | Trx): Promise<EarlierRoot | undefined> =>
  db.selectFrom('earlier_root').selectAll().orderBy('replaced_at', 'desc').limit(1).executeTakeFirst();

export const keepEarlierRoot = async (trx: Trx, root: EarlierRoot): Promise<void> => {
  await trx
    .insertInto('earlier_root')
    .values(root)
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();
};

/** Puts the next certificate of the root CA in the place of the present one. */
export const storeRenewedRoot = async (trx: Trx, certificate: string, chain: string): Promise<void> => {
  await trx
    .updateTable('project')
    .set({ root_cert: Buffer.from(certificate), root_chain: chain })
    .execute();
};

/** Returns the certificates in use, by name; listeners come with their sites. @param now stored time */
export const certificatesInUse = (db: Reader | Trx, now: string): Promise<CertificateRow[]> =>
  db
    .selectFrom('certificate')
    .selectAll()
    .where('revoked_at', '=', '')
    .where('superseded_by', '=', '')
    .where('not_after', '>', now)
    .where('kind', '!=', 'listener')
    .orderBy('common_name')
    .execute();

/** Notes the root certificate that a fetched kit brought. */
export const noteRootOf = async (trx: Trx, serial: string, sha256: string): Promise<void> => {
  await trx.updateTable('certificate').set({ root_sha256: sha256 }).where('serial', '=', serial).execute();
};
