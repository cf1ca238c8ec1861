import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Columns by which lists are sorted or narrowed, each followed by what settles ties. */
const INDEXES: Readonly<Record<string, readonly string[]>> = {
  user: [
    'name, id',
    'email, id',
    'role_id, id',
    'organization_id, id',
    'approval_state, id',
    'download_count, id',
    'created_at, id',
  ],
  client: [
    'name, id',
    'organization_id, id',
    'creator_id, id',
    'approval_state, id',
    'download_count, id',
    'created_at, id',
  ],
  organization: ['name, id'],
  certificate: [
    'kind, id',
    'common_name, id',
    'not_before, id',
    'not_after, id',
    'requested_by, id',
    'created_at, id',
  ],
  certificate_request: ['created_at, id', 'state, created_at, id', 'holder_kind, holder_id, created_at'],
  invitation: ['created_at, id'],
  outbox: ['channel, created_at, id', 'channel, state, created_at, id'],
  access_token: ['created_at, id', 'user_id, created_at, id'],
  audit: ['actor, id', 'action, id', 'target, id', 'at, id'],
};

/** Indexes of the same columns alone, which leave rows that tie to be sorted. */
const SUPERSEDED = [
  'user_organization',
  'user_by_name',
  'user_by_created_at',
  'user_by_approval_state',
  'client_organization',
  'client_creator',
  'client_name',
  'client_by_created_at',
  'client_by_approval_state',
  'certificate_by_not_after',
  'audit_by_target',
  'access_token_user',
];

/** Lets every page of a list be read in its order, however long the list is. */
export const addListOrder = async (db: Kysely<Schema>): Promise<void> => {
  for (const [table, lists] of Object.entries(INDEXES)) {
    for (const columns of lists) {
      const name = sql.id(`${table}_in_order_of_${columns.split(', ').join('_')}`);
      await sql`create index ${name} on ${sql.id(table)} (${sql.raw(columns)})`.execute(db);
    }
  }
  for (const name of SUPERSEDED) {
    await sql`drop index if exists ${sql.id(name)}`.execute(db);
  }
};
