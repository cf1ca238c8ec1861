import { createHash, createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader, Trx } from './database.ts';
import { likePattern } from './like-pattern.ts';
import { prepared } from './prepared.ts';
import type { StoredAudit } from './schema.ts';

/** Event of the audit log, without secrets. */
export interface AuditEntry {
  /** E-mail of who did it, or one of the actors in contract/audit-actors.ts. */
  readonly actor: string;
  /** Such as `user.approve`. */
  readonly action: string;
  /** On whom or what, such as `user:lead@example.org`. */
  readonly target: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly address: string;
  readonly request_id: string;
  readonly at: Date;
}

/** The key of the hash chain. */
export interface AuditKey {
  /** Tells keys apart. */
  readonly id: string;
  readonly key: Uint8Array;
  /** The last row from before the key, and its hash. */
  readonly after: number;
  readonly afterHash: string;
  /** The last row that cannot be checked since its key is lost; 0 for none. */
  readonly unprovenUntil: number;
}

/**
 * Hash of a row: HMAC-SHA-256 over the previous row's hash and this row's content, lower-case hexadecimal; SHA-256 for
 * rows from before there was a key.
 */
export const auditHash = (
  { key, after }: Pick<AuditKey, 'key' | 'after'>,
  previous: string,
  row: Omit<StoredAudit, 'hash'>,
): string =>
  (row.id > after ? createHmac('sha256', key) : createHash('sha256'))
    .update(
      JSON.stringify([
        previous,
        row.id,
        row.at,
        row.actor,
        row.action,
        row.target,
        row.detail,
        row.address,
        row.request_id,
      ]),
    )
    .digest('hex');

const advance = prepared<
  object,
  { readonly last_id: number; readonly hash: string; readonly key_id: string }
>((db) =>
  db
    .updateTable('audit_head')
    .set((row) => ({ last_id: row('last_id', '+', 1) }))
    .where('id', '=', 1)
    .returning(['last_id', 'hash', 'key_id']),
);
const append = prepared<StoredAudit, unknown>((db, slot) =>
  db.insertInto('audit').values({
    id: slot('id'),
    at: slot('at'),
    actor: slot('actor'),
    action: slot('action'),
    target: slot('target'),
    detail: slot('detail'),
    address: slot('address'),
    request_id: slot('request_id'),
    hash: slot('hash'),
  }),
);
const endAt = prepared<{ readonly hash: string }, unknown>((db, slot) =>
  db
    .updateTable('audit_head')
    .set({ hash: slot('hash') })
    .where('id', '=', 1),
);

/**
 * Appends one row to the chain, in the transaction of the change it tells of.
 *
 * @throws Error when another backend has given the log another key
 */
export const writeAudit = async (trx: Trx, key: AuditKey, entry: AuditEntry): Promise<void> => {
  const [head] = await advance(trx, {});
  if (head === undefined) {
    throw new Error('the audit log has no head');
  }
  if (head.key_id !== key.id) {
    throw new Error('the audit log has another key since this backend started');
  }
  const row = {
    id: head.last_id,
    at: entry.at.toISOString(),
    actor: entry.actor,
    action: entry.action,
    target: entry.target,
    detail: JSON.stringify(entry.detail),
    address: entry.address,
    request_id: entry.request_id,
  };
  const hash = auditHash(key, head.hash, row);
  await append(trx, { ...row, hash });
  await endAt(trx, { hash });
};

/** Filter of the listing; texts match whole values, but for `q`, which is looked for anywhere. */
export interface AuditFilter {
  readonly before?: number | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly q?: string | undefined;
  /** The first moment. */
  readonly since?: Date | undefined;
  /** The moment after the last. */
  readonly until?: Date | undefined;
}

const SEARCHED = ['actor', 'action', 'target', 'address'] as const;

const filtered = (db: Reader | Trx, filter: AuditFilter) => {
  let query = db.selectFrom('audit');
  if (filter.before !== undefined) {
    query = query.where('id', '<', filter.before);
  }
  if (filter.actor !== undefined) {
    query = query.where('actor', '=', filter.actor);
  }
  if (filter.action !== undefined) {
    query = query.where('action', '=', filter.action);
  }
  if (filter.target !== undefined) {
    query = query.where('target', '=', filter.target);
  }
  if (filter.since !== undefined) {
    query = query.where('at', '>=', filter.since.toISOString());
  }
  if (filter.until !== undefined) {
    query = query.where('at', '<', filter.until.toISOString());
  }
  if (filter.q !== undefined && filter.q !== '') {
    const pattern = likePattern(filter.q);
    query = query.where((row) =>
      row.or(SEARCHED.map((column) => sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`)),
    );
  }
  return query;
};

/** Rows that match, newest first. */
export const listAudit = (db: Reader, filter: AuditFilter, limit: number): Promise<StoredAudit[]> =>
  filtered(db, filter).selectAll().orderBy('id', 'desc').limit(limit).execute();

/** Returns the number of rows that match. */
export const countAudit = async (db: Reader, filter: AuditFilter): Promise<number> => {
  const { total } = await filtered(db, filter)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** Up to `limit` rows after `id`, oldest first: for walking the chain. */
export const auditAfter = (db: Reader, id: number, limit: number): Promise<StoredAudit[]> =>
  db.selectFrom('audit').selectAll().where('id', '>', id).orderBy('id').limit(limit).execute();

/** One row. */
export const auditRow = (db: Reader, id: number): Promise<StoredAudit | undefined> =>
  db.selectFrom('audit').selectAll().where('id', '=', id).executeTakeFirst();

/** Where the chain ends. */
export const auditHead = (db: Reader): Promise<{ last_id: number; hash: string }> =>
  db.selectFrom('audit_head').select(['last_id', 'hash']).where('id', '=', 1).executeTakeFirstOrThrow();
