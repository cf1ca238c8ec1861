import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Columns that the home page of project admins counts by: all of a count in one index. */
const INDEXES = {
  user_counted: ['user', 'approval_state, download_count, organization_id'],
  client_counted: ['client', 'organization_id, approval_state, download_count'],
} as const;

/** Lets the counts of the home page read an index alone. */
export const addOverviewIndexes = async (db: Kysely<Schema>): Promise<void> => {
  for (const [name, [table, columns]] of Object.entries(INDEXES)) {
    await sql`create index ${sql.id(name)} on ${sql.id(table)} (${sql.raw(columns)})`.execute(db);
  }
};
