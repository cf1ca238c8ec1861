import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds passkeys and what they are to sign. */
export const addPasskeys = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table passkey (
    id VARCHAR(32) PRIMARY KEY,
    user_id INTEGER NOT NULL,
    name VARCHAR(512) NOT NULL,
    credential_id VARCHAR(1400) NOT NULL,
    public_key TEXT NOT NULL,
    counter BIGINT NOT NULL,
    rp_id VARCHAR(253) NOT NULL,
    transports VARCHAR(512) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    used_at VARCHAR(32) NOT NULL
  )`.execute(db);
  await sql`create unique index passkey_credential on passkey (credential_id)`.execute(db);
  await sql`create index passkey_user on passkey (user_id)`.execute(db);
  await sql`create table passkey_challenge (
    challenge VARCHAR(64) PRIMARY KEY,
    bound_to VARCHAR(128) NOT NULL,
    expires_at VARCHAR(32) NOT NULL
  )`.execute(db);
};
