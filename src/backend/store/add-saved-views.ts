import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds the filters of lists that people keep under a name. */
export const addSavedViews = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table saved_view (
    id VARCHAR(32) PRIMARY KEY,
    user_id INTEGER NOT NULL,
    list VARCHAR(32) NOT NULL,
    name VARCHAR(512) NOT NULL,
    filters TEXT NOT NULL,
    created_at VARCHAR(32) NOT NULL
  )`.execute(db);
  await sql`create unique index saved_view_name on saved_view (user_id, list, name)`.execute(db);
};
