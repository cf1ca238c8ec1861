import { Migrator, type Kysely } from 'kysely';
import { migrationsOf } from './migrations.ts';
import type { Schema } from './schema.ts';
import type { TableDefinitions } from './table-definitions.ts';

/**
 * Runs the migrations that the database lacks, all of them in one transaction.
 *
 * @param migrationTableSchema of PostgreSQL, in which the tables are
 * @throws what the engine said when a migration failed; nothing of it stays behind
 */
export const runMigrations = async (
  db: Kysely<Schema>,
  tables: TableDefinitions,
  migrationTableSchema: string | undefined,
): Promise<void> => {
  const provider = migrationsOf(tables);
  const migrator = new Migrator({
    db,
    provider,
    ...(migrationTableSchema === undefined ? {} : { migrationTableSchema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw error instanceof Error ? error : new Error('migration failed', { cause: error });
  }
};
