import { sql, type Kysely } from 'kysely';
import type { Reader, Trx } from '../database.ts';
import type { Schema } from '../schema.ts';
import type { TableDefinitions } from '../table-definitions.ts';

/** A repair of one value, which the next start makes known. */
export interface RowRepair {
  readonly relation: string;
  readonly row_id: number;
  readonly field: string;
  /** Empty where there was nothing, and for what belongs in no log. */
  readonly was: string;
  readonly done: string;
}

/**
 * Adds the repairs that are not made known yet. A takeover needs them before its migrations.
 *
 * @param tables the engine's definitions, of which the type of an id is taken
 */
export const addRowRepairs = async (db: Kysely<Schema>, tables: TableDefinitions): Promise<void> => {
  await sql`create table if not exists row_repair (
    id ${sql.raw(tables['certificate']?.['id'] ?? 'INTEGER PRIMARY KEY')},
    relation VARCHAR(32) NOT NULL,
    row_id INTEGER NOT NULL,
    field VARCHAR(32) NOT NULL,
    was TEXT NOT NULL,
    done TEXT NOT NULL
  )`.execute(db);
};

export const noteRepair = async (db: Kysely<Schema>, repair: RowRepair): Promise<void> => {
  await db.insertInto('row_repair').values(repair).execute();
};

/** Returns whether any repair is not made known yet. */
export const hasRepairs = async (db: Reader): Promise<boolean> =>
  (await db.selectFrom('row_repair').select('id').limit(1).executeTakeFirst()) !== undefined;

/** Returns the repairs that are not made known yet, and forgets them. */
export const takeRepairs = async (trx: Trx): Promise<readonly RowRepair[]> => {
  const repairs = await trx
    .selectFrom('row_repair')
    .select(['relation', 'row_id', 'field', 'was', 'done'])
    .orderBy('id')
    .execute();
  if (repairs.length > 0) {
    await trx.deleteFrom('row_repair').execute();
  }
  return repairs;
};
