import { PostgresAdapter, sql, type Kysely } from 'kysely';
import { ownTables } from './own-tables.ts';
import { SHARED_TABLES } from './repair/odd-values.ts';
import type { Schema } from './schema.ts';

/**
 * Takes the limits from the texts of the tables that NVIDIA's dashboard has too: SQLite keeps none, so that a project
 * may hold longer texts than these, and moves with them. What people enter has its limits in the API.
 */
export const widenTexts = async (db: Kysely<Schema>): Promise<void> => {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) {
    return;
  }
  const shared = new Set<string>(SHARED_TABLES);
  for (const { name, columns } of await ownTables(db)) {
    const texts = columns.filter(({ dataType }) => dataType === 'varchar');
    if (!shared.has(name) || texts.length === 0) {
      continue;
    }
    const changes = texts.map((column) => sql`alter column ${sql.id(column.name)} type TEXT`);
    await sql`alter table ${sql.id(name)} ${sql.join(changes)}`.execute(db);
  }
};
