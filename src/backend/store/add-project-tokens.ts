import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds the access tokens that belong to the project rather than to a person. */
export const addProjectTokens = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table project_token (
    id VARCHAR(32) PRIMARY KEY,
    name VARCHAR(128) NOT NULL UNIQUE,
    secret_sha256 VARCHAR(64) NOT NULL,
    scopes VARCHAR(256) NOT NULL,
    created_by VARCHAR(254) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    expires_at VARCHAR(32) NOT NULL,
    used_at VARCHAR(32) NOT NULL
  )`.execute(db);
};
