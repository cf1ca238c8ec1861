import { sql, type Kysely, type TableMetadata } from 'kysely';
import type { Schema } from './schema.ts';

/** Returns the PostgreSQL schema in which new tables are created: the first of the search path. */
export const currentSchema = async (db: Kysely<Schema>): Promise<string | undefined> => {
  const { rows } = await sql<{ readonly name: string | null }>`select current_schema() as name`.execute(db);
  return rows[0]?.name ?? undefined;
};

/** Returns the tables of this project: on PostgreSQL, other schemas may hold those of another one. */
export const ownTables = async (db: Kysely<Schema>): Promise<readonly TableMetadata[]> => {
  const tables = await db.introspection.getTables();
  if (tables.every(({ schema }) => schema === undefined)) {
    return tables;
  }
  const schema = await currentSchema(db);
  return tables.filter((table) => table.schema === schema);
};
