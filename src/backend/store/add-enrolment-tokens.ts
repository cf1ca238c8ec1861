import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds the tokens with which sites enrol, and to each request the one it came with. */
export const addEnrolmentTokens = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table enrolment_token (
    id VARCHAR(32) PRIMARY KEY,
    secret_sha256 VARCHAR(64) NOT NULL,
    name VARCHAR(64) NOT NULL,
    organization VARCHAR(512) NOT NULL,
    name_pattern VARCHAR(64) NOT NULL,
    approval VARCHAR(16) NOT NULL,
    max_uses INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    created_by VARCHAR(254) NOT NULL,
    creator_id INTEGER NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    expires_at VARCHAR(32) NOT NULL,
    used_at VARCHAR(32) NOT NULL,
    ended_at VARCHAR(32) NOT NULL
  )`.execute(db);
  await sql`alter table certificate_request add column enrolment_token VARCHAR(32) NOT NULL DEFAULT ''`.execute(
    db,
  );
};
