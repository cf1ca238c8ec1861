import { sql, type Kysely } from 'kysely';
import { errorCode } from '../../contract/error-code.ts';
import { completeRows } from './complete-rows.ts';
import { LATEST_MIGRATION } from './migrations.ts';
import { requireOwnTables } from './require-own-tables.ts';
import type { Schema } from './schema.ts';
import type { TableDefinitions } from './table-definitions.ts';

/** Returns true when no migration is left to do. */
export const isCurrent = async (db: Kysely<Schema>): Promise<boolean> => {
  try {
    const { rows } = await sql`select name from kysely_migration where name = ${LATEST_MIGRATION}`.execute(
      db,
    );
    return rows.length === 1;
  } catch (error) {
    // Without the table nothing was migrated; of a file that cannot be read this says nothing.
    if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(errorCode(error) ?? '')) {
      throw error;
    }
    return false;
  }
};

/**
 * Runs the migrations that the database lacks, all of them in one transaction, and repairs rows of other dashboards.
 *
 * @param schema of PostgreSQL, in which the tables are
 * @throws OtherDatabaseError; what the engine said when a migration failed; nothing of it stays behind
 */
export const migrate = async (
  db: Kysely<Schema>,
  tables: TableDefinitions,
  schema?: string,
): Promise<void> => {
  await requireOwnTables(db, tables);
  if (!(await isCurrent(db))) {
    // Few starts need it, and all others are faster without.
    const { runMigrations } = await import('./run-migrations.ts');
    await runMigrations(db, tables, schema);
  }
  await completeRows(db, tables);
};
