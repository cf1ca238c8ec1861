import { sql } from 'kysely';
import type { Approval } from '../../contract/approval.ts';
import type { Reader, Trx } from './database.ts';
import { inApproval } from './in-approval.ts';
import { likePattern } from './like-pattern.ts';
import { idsLike, idsNamed, joinedBy } from './named-ids.ts';
import { creatorOf, type ClientRow } from './sites.ts';

/** Which sites a reader may see at all. */
export type ClientScope =
  | { readonly kind: 'all' }
  /** All of one organization, and approved ones of others. */
  | { readonly kind: 'organization'; readonly organization: string; readonly approvedFrom: number }
  /** Sites that one user registered within one organization. */
  | { readonly kind: 'own'; readonly creatorId: number; readonly organization: string };

/** Columns of each order, which an index has one after the other; see add-list-order.ts. */
const SORTABLE = {
  id: ['client.id'],
  name: ['client.name', 'client.id'],
  organization: ['organization.name', 'organization.id', 'client.id'],
  approval_state: ['client.approval_state', 'client.id'],
  download_count: ['client.download_count', 'client.id'],
  created_at: ['client.created_at', 'client.id'],
} as const;
export type ClientSort = keyof typeof SORTABLE;
export const isClientSort = (text: string): text is ClientSort => Object.hasOwn(SORTABLE, text);

/** Describes what the sites in scope are narrowed to. */
export interface ClientFilter {
  /** Part of name, organization or, where the reader may see them, owner's e-mail; any case. */
  readonly q?: string | undefined;
  readonly approval?: Approval | undefined;
  readonly organization?: string | undefined;
  /** ID of the user who owns the sites. */
  readonly owner?: number | undefined;
  readonly kit?: 'none' | 'downloaded' | undefined;
}

/** A page of a list; `limit` undefined gives all rows. */
export interface ClientPage {
  readonly offset: number;
  readonly limit: number | undefined;
  readonly sort: ClientSort;
  readonly descending: boolean;
}

const inScope = (db: Reader | Trx, scope: ClientScope) => {
  const query = db.selectFrom('client');
  if (scope.kind === 'all') {
    return query;
  }
  const ownOrganization = idsNamed(db, 'organization', scope.organization).where('name', '!=', '');
  return scope.kind === 'organization'
    ? query.where((row) =>
        row.or([
          row('client.organization_id', 'in', ownOrganization),
          row('client.approval_state', '>=', scope.approvedFrom),
        ]),
      )
    : query
        .where('client.creator_id', '=', scope.creatorId)
        .where('client.organization_id', 'in', ownOrganization);
};

const narrowed = (db: Reader | Trx, scope: ClientScope, filter: ClientFilter) => {
  let query = inScope(db, scope);
  if (filter.approval !== undefined) {
    query = query.where(inApproval(sql.ref('client.approval_state'), filter.approval));
  }
  if (filter.organization !== undefined) {
    query = query.where('client.organization_id', 'in', idsNamed(db, 'organization', filter.organization));
  }
  if (filter.owner !== undefined) {
    query = query.where('client.creator_id', '=', filter.owner);
  }
  if (filter.kit !== undefined) {
    query = query.where('client.download_count', filter.kit === 'none' ? '=' : '>', 0);
  }
  if (filter.q === undefined || filter.q === '') {
    return query;
  }
  const pattern = likePattern(filter.q);
  // Others do not see owners, so a search must not tell them either.
  const owner =
    scope.kind === 'all'
      ? sql`or ${sql.ref('client.creator_id')} in (
          select id from ${sql.table('user')} where lower(email) like ${pattern} escape '\\')`
      : sql``;
  return query.where(
    sql<boolean>`(lower(${sql.ref('client.name')}) like ${pattern} escape '\\'
      or ${sql.ref('client.organization_id')} in ${idsLike(db, 'organization', pattern)} ${owner})`,
  );
};

const joined = (query: ReturnType<typeof narrowed>, sort: ClientSort) =>
  query
    .innerJoin('organization', (join) =>
      join.on(joinedBy('organization', sql.ref('client.organization_id'), sort === 'organization')),
    )
    .leftJoin('user', 'user.id', 'client.creator_id');

/** Sites in scope that match, a page of them. */
export const listClients = (
  db: Reader,
  scope: ClientScope,
  filter: ClientFilter,
  page: ClientPage,
): Promise<ClientRow[]> =>
  SORTABLE[page.sort]
    .reduce(
      (query, column) => query.orderBy(column, page.descending ? 'desc' : 'asc'),
      joined(narrowed(db, scope, filter), page.sort),
    )
    .selectAll('client')
    .select((row) => ['organization.name as organization', creatorOf(row)])
    .limit(page.limit ?? Number.MAX_SAFE_INTEGER)
    .offset(page.offset)
    .execute();

export const countClients = async (db: Reader, scope: ClientScope, filter: ClientFilter): Promise<number> => {
  const { total } = await narrowed(db, scope, filter)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** A page of the sites that wait for a decision, oldest first. */
export const pendingClients = (
  db: Reader,
  page: { readonly offset: number; readonly limit: number },
): Promise<ClientRow[]> =>
  joined(narrowed(db, { kind: 'all' }, { approval: 'pending' }), 'id')
    .selectAll('client')
    .select((row) => ['organization.name as organization', creatorOf(row)])
    .orderBy('client.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
