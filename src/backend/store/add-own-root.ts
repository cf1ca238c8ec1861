import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds the root CA that waits for the freeze, and the CAs above the root of a frozen project. */
export const addOwnRoot = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table prepared_root (
    id VARCHAR(32) PRIMARY KEY,
    common_name VARCHAR(64) NOT NULL,
    stored_key TEXT NOT NULL,
    public_key TEXT NOT NULL,
    request TEXT NOT NULL,
    certificate TEXT NOT NULL,
    chain TEXT NOT NULL,
    created_by VARCHAR(254) NOT NULL,
    created_at VARCHAR(32) NOT NULL
  )`.execute(db);
  await sql`alter table project add column root_chain TEXT NOT NULL DEFAULT ''`.execute(db);
};
