import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

const TABLE = sql.table('schema_compatibility');

/** The migration from which on a database states which versions may work on it. */
export const FIRST_COMPATIBLE = '0053-schema-compatibility';

/**
 * Adds the name of the migration that a version must know to work on the database: while replicas are replaced one by
 * one, those of the version before meet tables that the later one has extended.
 */
export const addSchemaCompatibility = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table ${TABLE} (id INTEGER PRIMARY KEY, oldest VARCHAR(64) NOT NULL)`.execute(db);
  await sql`insert into ${TABLE} (id, oldest) values (1, ${FIRST_COMPATIBLE})`.execute(db);
};

/** Excludes versions that do not know this migration, which removes or changes what they use. */
export const requireMigration = async (db: Kysely<Schema>, name: string): Promise<void> => {
  await sql`update ${TABLE} set oldest = ${name} where id = 1`.execute(db);
};

/** Returns the name of the migration that a version must know; undefined in a database that does not state it. */
export const requiredMigration = async (db: Kysely<Schema>): Promise<string | undefined> => {
  try {
    const { rows } = await sql<{ readonly oldest: string }>`select oldest from ${TABLE} where id = 1`.execute(
      db,
    );
    return rows[0]?.oldest;
  } catch {
    return undefined;
  }
};
