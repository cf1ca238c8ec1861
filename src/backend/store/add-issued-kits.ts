import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds what the kits that were handed out contain, for those handed out from now on. */
export const addIssuedKits = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table issued_kit (
    serial VARCHAR(64) PRIMARY KEY,
    participant VARCHAR(64) NOT NULL,
    form VARCHAR(16) NOT NULL,
    content TEXT NOT NULL
  )`.execute(db);
};
