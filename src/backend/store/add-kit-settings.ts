import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds settings that only kits of later NVFLARE releases depend on. */
export const addKitSettings = async (db: Kysely<Schema>): Promise<void> => {
  for (const [column, type] of [
    ['require_signed_jobs', 'INTEGER'],
    ['jemalloc', 'INTEGER NOT NULL DEFAULT 0'],
    ['auth_identity_map', "TEXT NOT NULL DEFAULT ''"],
    ['studies', "TEXT NOT NULL DEFAULT ''"],
  ] as const) {
    await sql`alter table project add column ${sql.id(column)} ${sql.raw(type)}`.execute(db);
  }
};

/** Lets a registered participant be a relay. */
export const addRelays = async (db: Kysely<Schema>): Promise<void> => {
  await sql`alter table client add column type ${sql.raw("VARCHAR(16) NOT NULL DEFAULT 'client'")}`.execute(
    db,
  );
};
