import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds what people and project admins write to each other about a request for an account. */
export const addRequestMessages = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table request_message (
    id VARCHAR(32) PRIMARY KEY,
    user_id INTEGER NOT NULL,
    kind VARCHAR(16) NOT NULL,
    author VARCHAR(254) NOT NULL,
    text TEXT NOT NULL,
    created_at VARCHAR(32) NOT NULL
  )`.execute(db);
  await sql`create index request_message_user on request_message (user_id, created_at)`.execute(db);
};
