import { sql } from 'kysely';
import { APPROVED, PENDING } from '../../contract/approval.ts';
import type { Reader, Trx } from './database.ts';
import { likePattern } from './like-pattern.ts';
import { creatorOf, type ClientRow } from './sites.ts';

/** Which sites a reader may see at all. */
export type ClientScope =
  | { readonly kind: 'all' }
  /** All of one organization, and approved ones of others. */
  | { readonly kind: 'organization'; readonly organization: string; readonly approvedFrom: number }
  /** What one user registered within one organization. */
  | { readonly kind: 'own'; readonly creatorId: number; readonly organization: string };

const SORTABLE = {
  id: 'client.id',
  name: 'client.name',
  organization: 'organization.name',
  approval_state: 'client.approval_state',
  download_count: 'client.download_count',
  created_at: 'client.created_at',
} as const;
export type ClientSort = keyof typeof SORTABLE;
export const isClientSort = (text: string): text is ClientSort => Object.hasOwn(SORTABLE, text);

/** What is asked for; `limit` undefined gives all rows. */
export interface ClientPage {
  readonly q: string;
  readonly offset: number;
  readonly limit: number | undefined;
  readonly sort: ClientSort;
  readonly descending: boolean;
}

const narrowed = (db: Reader | Trx, scope: ClientScope, q: string) => {
  let query = db.selectFrom('client').innerJoin('organization', 'organization.id', 'client.organization_id');
  if (scope.kind === 'organization') {
    query = query.where((row) =>
      row.or([
        row.and([row('organization.name', '=', scope.organization), row('organization.name', '!=', '')]),
        row('client.approval_state', '>=', scope.approvedFrom),
      ]),
    );
  } else if (scope.kind === 'own') {
    query = query
      .where('client.creator_id', '=', scope.creatorId)
      .where('organization.name', '=', scope.organization)
      .where('organization.name', '!=', '');
  }
  if (q === '') {
    return query;
  }
  const pattern = likePattern(q);
  return query.where(
    sql<boolean>`(lower(${sql.ref('client.name')}) like ${pattern} escape '\\'
      or lower(${sql.ref('organization.name')}) like ${pattern} escape '\\')`,
  );
};

/** Sites in scope that match, a page of them. */
export const listClients = (db: Reader, scope: ClientScope, page: ClientPage): Promise<ClientRow[]> =>
  narrowed(db, scope, page.q)
    .leftJoin('user', 'user.id', 'client.creator_id')
    .selectAll('client')
    .select((row) => ['organization.name as organization', creatorOf(row)])
    .orderBy(SORTABLE[page.sort], page.descending ? 'desc' : 'asc')
    .orderBy('client.id')
    .limit(page.limit ?? Number.MAX_SAFE_INTEGER)
    .offset(page.offset)
    .execute();

export const countClients = async (db: Reader, scope: ClientScope, q: string): Promise<number> => {
  const { total } = await narrowed(db, scope, q)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** A page of the sites that wait for a decision, oldest first. */
export const pendingClients = (
  db: Reader,
  page: { readonly offset: number; readonly limit: number },
): Promise<ClientRow[]> =>
  narrowed(db, { kind: 'all' }, '')
    .where('client.approval_state', '>=', PENDING)
    .where('client.approval_state', '<', APPROVED)
    .leftJoin('user', 'user.id', 'client.creator_id')
    .selectAll('client')
    .select((row) => ['organization.name as organization', creatorOf(row)])
    .orderBy('client.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
