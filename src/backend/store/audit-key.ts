import type { Reader, Trx } from './database.ts';

/** Describes how the audit log is keyed, as the database has it. */
export interface StoredAuditKey {
  readonly last_id: number;
  readonly hash: string;
  /** The last row whose hash needs no key, and its hash. */
  readonly keyed_after: number;
  readonly keyed_after_hash: string;
  /** The last row that cannot be checked since its key is lost; 0 for none. */
  readonly unproven_until: number;
  /** Tells keys apart; empty before the first. */
  readonly key_id: string;
  /** The key, encrypted; empty before the first. */
  readonly sealed_key: string;
}

export const storedAuditKey = (db: Reader | Trx): Promise<StoredAuditKey> =>
  db
    .selectFrom('audit_head')
    .select(['last_id', 'hash', 'keyed_after', 'keyed_after_hash', 'unproven_until', 'key_id', 'sealed_key'])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();

export const storeAuditKey = async (
  trx: Trx,
  key: Omit<StoredAuditKey, 'last_id' | 'hash'>,
): Promise<void> => {
  await trx.updateTable('audit_head').set(key).where('id', '=', 1).execute();
};
