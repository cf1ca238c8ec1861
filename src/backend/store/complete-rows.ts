import { sql } from 'kysely';
import type { Reader } from './database.ts';
import { hasOddRows, repairRows } from './repair/repair-rows.ts';
import { noteRepair } from './repair/row-repairs.ts';
import { replaceCapacity } from './sites.ts';
import { capacityText } from './stored-json.ts';
import type { TableDefinitions } from './table-definitions.ts';
import { toTimestamp } from './timestamp.ts';

const DEFAULT = / DEFAULT (\S+)$/;

/** Releases whose dashboard keeps capacities in a table of their own. */
const WITH_CAPACITY_TABLE: ReadonlySet<string> = new Set(['2.4', '2.5']);

/** Gives every column of a table that has a default its value where another program left NULL. */
const fillNulls = async (
  db: Reader,
  table: string,
  columns: Readonly<Record<string, string>>,
): Promise<void> => {
  const defaults = Object.entries(columns).flatMap(([name, type]) => {
    const value = DEFAULT.exec(type)?.[1];
    return value === undefined ? [] : [{ name: sql.id(name), value: sql.raw(value) }];
  });
  if (defaults.length === 0) {
    return;
  }
  const isNull = sql.join(
    defaults.map(({ name }) => sql`${name} is null`),
    sql` or `,
  );
  const { rows } = await sql`select 1 from ${sql.id(table)} where ${isNull} limit 1`.execute(db);
  if (rows.length === 0) {
    return;
  }
  const filled = sql.join(defaults.map(({ name, value }) => sql`${name} = coalesce(${name}, ${value})`));
  await sql`update ${sql.id(table)} set ${filled} where ${isNull}`.execute(db);
};

/**
 * Makes both places of a site's capacity agree: a dashboard of NVIDIA that ran on the database meanwhile knows only
 * one of them, which is the one it changed.
 */
const alignCapacities = async (db: Reader): Promise<void> => {
  const sites = await db
    .selectFrom('client')
    .innerJoin('organization', 'organization.id', 'client.organization_id')
    .leftJoin('capacity', 'capacity.id', 'client.capacity_id')
    .where((row) =>
      row.or([
        row('client.capacity', '=', ''),
        row('capacity.capacity', 'is', null),
        row('capacity.capacity', '!=', row.ref('client.capacity')),
      ]),
    )
    .selectAll('client')
    .select(['organization.name as organization', 'capacity.capacity as tabled'])
    .execute();
  if (sites.length === 0) {
    return;
  }
  await db.transaction().execute(async (trx) => {
    const project = await trx.selectFrom('project').select('target_release').executeTakeFirst();
    const tableFirst = WITH_CAPACITY_TABLE.has(project?.target_release ?? '');
    for (const { tabled, ...site } of sites) {
      const known = [tabled ?? '', site.capacity].filter((text) => text !== '');
      const text = (tableFirst ? known[0] : known.at(-1)) ?? capacityText({});
      if (known.length === 0) {
        const done = 'is now 0 GPUs and 0 GiB: the site had no capacity';
        await noteRepair(trx, { relation: 'client', row_id: site.id, field: 'capacity', was: '', done });
      }
      await replaceCapacity(trx, site, text, toTimestamp(new Date()));
    }
  });
};

/**
 * Repairs what other dashboards leave behind, at every start: odd values and references to nothing, NULLs where a value
 * is expected, and capacities that only one of their two places holds.
 */
export const completeRows = async (db: Reader, tables: TableDefinitions): Promise<void> => {
  if (await hasOddRows(db, tables)) {
    await db.transaction().execute((trx) => repairRows(trx, tables));
  }
  for (const [table, columns] of Object.entries(tables)) {
    await fillNulls(db, table, columns);
  }
  await alignCapacities(db);
};
