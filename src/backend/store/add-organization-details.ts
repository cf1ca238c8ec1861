import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds the names that people know organizations by, and whom to reach there. */
export const addOrganizationDetails = async (db: Kysely<Schema>): Promise<void> => {
  for (const [column, length] of [
    ['display_name', 512],
    ['contacts', 2048],
  ] as const) {
    const type = sql.raw(`VARCHAR(${length}) NOT NULL DEFAULT ''`);
    await sql`alter table organization add column ${sql.id(column)} ${type}`.execute(db);
  }
};
