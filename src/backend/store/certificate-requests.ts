import { sql } from 'kysely';
import type { RequestState } from '../../contract/api/requests.ts';
import type { Reader, Trx } from './database.ts';
import type { CertificateRow, RequestRow } from './schema.ts';

export const insertRequest = async (trx: Trx, request: RequestRow): Promise<void> => {
  await trx.insertInto('certificate_request').values(request).execute();
};

export const requestById = (db: Reader | Trx, id: string): Promise<RequestRow | undefined> =>
  db.selectFrom('certificate_request').selectAll().where('id', '=', id).executeTakeFirst();

/** @param requestId as `nvflare cert request` chose it */
export const requestByRequestId = (db: Reader | Trx, requestId: string): Promise<RequestRow | undefined> =>
  db.selectFrom('certificate_request').selectAll().where('request_id', '=', requestId).executeTakeFirst();

/** Returns the requests for a key, whosever they are. */
export const requestsForKey = (db: Reader | Trx, publicKeySha256: string): Promise<RequestRow[]> =>
  db.selectFrom('certificate_request').selectAll().where('public_key_sha256', '=', publicKeySha256).execute();

/** Returns the requests of a holder, whatever became of them. @param holder as in the ledger */
export const requestsOfHolder = (db: Reader | Trx, holder: string): Promise<RequestRow[]> =>
  db.selectFrom('certificate_request').selectAll().where('holder', '=', holder).execute();

/** Returns the certificates of the ledger with a key, newest first. */
export const certificatesForKey = (db: Reader | Trx, publicKeySha256: string): Promise<CertificateRow[]> =>
  db
    .selectFrom('certificate')
    .selectAll()
    .where('public_key_sha256', '=', publicKeySha256)
    .orderBy('id', 'desc')
    .execute();

/** Drops what waits for a decision, in favor of a newer request for the same certificate. */
export const dropPendingRequests = async (
  trx: Trx,
  { holder, holder_kind: kind, holder_id: id }: Pick<RequestRow, 'holder' | 'holder_kind' | 'holder_id'>,
): Promise<void> => {
  await trx
    .deleteFrom('certificate_request')
    .where('holder', '=', holder)
    .where('holder_kind', '=', kind)
    .where('holder_id', '=', id)
    .where('state', '=', 'pending')
    .execute();
};

/** Drops the requests of sites and users that have just been deleted; the ledger keeps the certificates. */
export const dropOrphanedRequests = async (trx: Trx): Promise<void> => {
  await trx
    .deleteFrom('certificate_request')
    .where((row) =>
      row.or([
        row.and([
          row('holder_kind', '=', 'client'),
          row('holder_id', 'not in', row.selectFrom('client').select('client.id')),
        ]),
        row.and([
          row('holder_kind', '=', 'user'),
          row('holder_id', 'not in', row.selectFrom('user').select('user.id')),
        ]),
      ]),
    )
    .execute();
};

/** @returns false where somebody else decided on it meanwhile */
export const decideRequest = async (
  trx: Trx,
  id: string,
  decision: Pick<RequestRow, 'state' | 'decided_by' | 'decided_at'> & Partial<RequestRow>,
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('certificate_request')
    .set(decision)
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};

/** Which requests are listed. */
export interface RequestFilter {
  readonly state: RequestState | undefined;
  /** Only those of this account and of the sites it registered for its organization; undefined: all. */
  readonly userId: number | undefined;
}

const narrowed = (db: Reader | Trx, { state, userId }: RequestFilter) => {
  let query = db.selectFrom('certificate_request');
  if (state !== undefined) {
    query = query.where('state', '=', state);
  }
  if (userId === undefined) {
    return query;
  }
  const ownSites = db
    .selectFrom('client')
    .innerJoin('user', (join) =>
      join
        .onRef('user.id', '=', 'client.creator_id')
        .onRef('user.organization_id', '=', 'client.organization_id'),
    )
    .where('user.id', '=', userId)
    .select('client.id');
  const ids = () => db.selectFrom('certificate_request').select('id');
  // Each half is found by an index; two conditions with "or" between them would read every request.
  return query.where(
    'id',
    'in',
    ids()
      .where('holder_kind', '=', 'user')
      .where('holder_id', '=', userId)
      .unionAll(ids().where('holder_kind', '=', 'client').where('holder_id', 'in', ownSites)),
  );
};

/** Lists requests, newest first. */
export const listRequests = (
  db: Reader | Trx,
  filter: RequestFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<RequestRow[]> =>
  narrowed(db, filter)
    .selectAll('certificate_request')
    // Few belong to one user: they are found by their holders and sorted, rather than looked for in the order of all.
    .orderBy(filter.userId === undefined ? 'created_at' : sql`created_at || ''`, 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();

export const countRequests = async (db: Reader | Trx, filter: RequestFilter): Promise<number> => {
  const { total } = await narrowed(db, filter)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};
