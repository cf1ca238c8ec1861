import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds people of an identity provider, and which sessions were opened there. */
export const addIdentities = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table identity (
    issuer VARCHAR(512) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    user_id INTEGER NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    primary key (issuer, subject)
  )`.execute(db);
  await sql`create index identity_user on identity (user_id)`.execute(db);
  const type = sql.raw("TEXT NOT NULL DEFAULT ''");
  await sql`alter table session add column id_token ${type}`.execute(db);
};
