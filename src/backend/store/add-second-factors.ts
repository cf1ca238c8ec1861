import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

const RULE = sql.raw("VARCHAR(16) NOT NULL DEFAULT 'nobody'");

/** Adds authenticator apps, recovery codes, and the project's rule of who needs them. */
export const addSecondFactors = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table totp (
    user_id INTEGER PRIMARY KEY,
    sealed_secret VARCHAR(256) NOT NULL,
    confirmed_at VARCHAR(32) NOT NULL,
    last_step INTEGER NOT NULL
  )`.execute(db);
  await sql`create table recovery_code (
    user_id INTEGER NOT NULL,
    code_sha256 VARCHAR(64) NOT NULL,
    primary key (user_id, code_sha256)
  )`.execute(db);
  await sql`alter table project add column second_factor ${RULE}`.execute(db);
};
