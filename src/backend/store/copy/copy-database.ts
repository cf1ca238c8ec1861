import { sql } from 'kysely';
import type { Database, Reader, Trx } from '../database.ts';
import { requireKnownTables } from '../require-own-tables.ts';
import { createUniqueIndexes, toleratedDuplicates } from '../unique-rows.ts';
import { insertRows, pagesOf, Tally } from './rows.ts';
import { copiedTables, type CopiedTable } from './tables.ts';
import { widenTexts } from './widen-texts.ts';

/** Describes what a copy found to be in the way. */
export class CopyError extends Error {}

/** Rows copied, by table. */
export type CopiedRows = Readonly<Record<string, number>>;

const tallyOf = async (db: Reader | Trx, table: CopiedTable): Promise<Tally> => {
  const tally = new Tally(table.columns);
  for await (const rows of pagesOf(db, table)) {
    for (const row of rows) {
      tally.add(row);
    }
  }
  return tally;
};

const isEmpty = async (db: Reader): Promise<boolean> => {
  const user = await db.selectFrom('user').select('id').limit(1).executeTakeFirst();
  const audit = await db.selectFrom('audit').select('id').limit(1).executeTakeFirst();
  return user === undefined && audit === undefined;
};

/** Lets the ids of a table go on where the copied rows end. */
const continueIds = async (trx: Trx, { name, key }: CopiedTable): Promise<void> => {
  if (!key.includes('id')) {
    return;
  }
  const found = await sql<{ readonly sequence: string | null }>`
    select pg_get_serial_sequence(${`"${name}"`}, 'id') as sequence`.execute(trx);
  const sequence = found.rows[0]?.sequence ?? null;
  if (sequence === null) {
    return;
  }
  await sql`select setval(${sequence}, max(id)) from ${sql.id(name)} having max(id) is not null`.execute(trx);
};

const fill = async (source: Reader | Trx, trx: Trx, table: CopiedTable): Promise<Tally> => {
  // A new database has a project of its own.
  await sql`delete from ${sql.id(table.name)}`.execute(trx);
  const tally = new Tally(table.columns);
  for await (const rows of pagesOf(source, table)) {
    await insertRows(trx, table, rows);
    for (const row of rows) {
      tally.add(row);
    }
  }
  return tally;
};

/** @throws CopyError unless the database holds exactly what the source does */
const requireEqual = async (
  source: Reader | Trx,
  target: Reader,
  tables: readonly CopiedTable[],
): Promise<CopiedRows> => {
  const rows: Record<string, number> = {};
  for (const table of tables) {
    const [one, other] = [await tallyOf(source, table), await tallyOf(target, table)];
    if (!one.equals(other)) {
      throw new CopyError('holds another project already');
    }
    rows[table.name] = one.rows;
  }
  return rows;
};

/**
 * Copies a project into an empty database, in one transaction, and compares what arrived row by row. A copy that was
 * interrupted leaves nothing behind and can be run again; one that was completed before is only compared.
 *
 * @param source transaction that sees one moment of the source
 * @throws CopyError when the target holds something else; OtherDatabaseError for what a later version has added
 */
export const copyDatabase = async (source: Reader | Trx, target: Database): Promise<CopiedRows> => {
  await requireKnownTables(source);
  const tables = await copiedTables(target.reader);
  if (!(await isEmpty(target.reader))) {
    return requireEqual(source, target.reader, tables);
  }
  return target.reader.transaction().execute(async (trx) => {
    // Rows that share a name in the source may do so in the copy.
    const tolerated = await toleratedDuplicates(source);
    if (tolerated.length > 0) {
      await createUniqueIndexes(trx, tolerated);
    }
    if (target.engine === 'postgres') {
      await widenTexts(trx);
    }
    const copied = new Map<CopiedTable, Tally>();
    for (const table of tables) {
      copied.set(table, await fill(source, trx, table));
    }
    const rows: Record<string, number> = {};
    for (const [table, expected] of copied) {
      if (!expected.equals(await tallyOf(trx, table))) {
        throw new CopyError(`did not keep the rows of the table ${table.name} as they were`);
      }
      if (target.engine === 'postgres') {
        await continueIds(trx, table);
      }
      rows[table.name] = expected.rows;
    }
    return rows;
  });
};
