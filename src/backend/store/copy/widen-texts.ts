import { sql } from 'kysely';
import type { Trx } from '../database.ts';
import { ownTables } from '../own-tables.ts';
import { SHARED_TABLES } from '../repair/odd-values.ts';

/**
 * Takes the limits from the texts of the tables that NVIDIA's dashboard has too, in an empty PostgreSQL database: SQLite
 * keeps none, so that a project may hold longer ones. What people enter has its limits in the API.
 */
export const widenTexts = async (db: Trx): Promise<void> => {
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
