import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds webhooks; their messages wait in the outbox. */
export const addWebhooks = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table webhook (
    id VARCHAR(32) PRIMARY KEY,
    name VARCHAR(512) NOT NULL,
    sealed_url TEXT NOT NULL,
    origin VARCHAR(512) NOT NULL,
    format VARCHAR(16) NOT NULL,
    events VARCHAR(512) NOT NULL,
    language VARCHAR(8) NOT NULL,
    state VARCHAR(16) NOT NULL,
    sealed_secret TEXT NOT NULL,
    earlier_sealed_secret TEXT NOT NULL,
    earlier_until VARCHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL
  )`.execute(db);
  await sql`create index outbox_channel on outbox (channel, state, next_at)`.execute(db);
};
