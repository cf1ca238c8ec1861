import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds what a re-issue has left to do at each certificate. */
export const addOutdatedKits = async (db: Kysely<Schema>): Promise<void> => {
  await sql`alter table certificate add column outdated VARCHAR(16) NOT NULL DEFAULT ''`.execute(db);
  await sql`alter table certificate add column replacement VARCHAR(512) NOT NULL DEFAULT ''`.execute(db);
};
