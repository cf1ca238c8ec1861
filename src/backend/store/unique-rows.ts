import { sql, type Kysely } from 'kysely';
import type { Reader } from './database.ts';
import type { Schema } from './schema.ts';

type UniqueTable = 'user' | 'client' | 'organization' | 'role' | 'project';

/** Values that no two rows of a table may share. */
const UNIQUE: readonly (readonly [table: UniqueTable, expression: string])[] = [
  ['user', 'lower(email)'],
  ['client', 'lower(name)'],
  ['organization', 'name'],
  ['role', 'name'],
  ['project', '(id is not null)'],
];

/**
 * Lets the database itself keep e-mail addresses, names of sites, organizations and roles, and the project unique.
 * Rows of older databases that break a rule stay as they are: they are noted down and left out of the index.
 */
export const addUniqueIndexes = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table tolerated_duplicate (
    relation VARCHAR(32) NOT NULL,
    row_id INTEGER NOT NULL,
    PRIMARY KEY (relation, row_id)
  )`.execute(db);
  for (const [table, text] of UNIQUE) {
    const [relation, expression] = [sql.id(table), sql.raw(text)];
    await sql`insert into tolerated_duplicate (relation, row_id)
      select ${sql.lit(table)}, id from ${relation}
      where ${expression} is not null
        and id not in (select min(id) from ${relation} group by ${expression})`.execute(db);
  }
  await createUniqueIndexes(db, await toleratedDuplicates(db));
};

type Tolerated = readonly { readonly relation: string; readonly row_id: number }[];

/** Returns the rows that the unique indexes leave out. */
export const toleratedDuplicates = (db: Kysely<Schema>): Promise<Tolerated> =>
  db.selectFrom('tolerated_duplicate').selectAll().execute();

/** Creates the unique indexes anew, without the given rows. */
export const createUniqueIndexes = async (db: Kysely<Schema>, tolerated: Tolerated): Promise<void> => {
  for (const [table, expression] of UNIQUE) {
    const index = sql.id(`${table}_unique`);
    const ids = tolerated.filter(({ relation }) => relation === table).map(({ row_id }) => sql.lit(row_id));
    const others = ids.length === 0 ? sql`` : sql`where id not in (${sql.join(ids)})`;
    await sql`drop index if exists ${index}`.execute(db);
    await sql`create unique index ${index} on ${sql.id(table)} (${sql.raw(expression)}) ${others}`.execute(
      db,
    );
  }
};

/** Two rows that an older database holds under one name. */
export interface Duplicate {
  readonly kind: 'user' | 'client';
  /** The e-mail address or name. */
  readonly name: string;
  readonly ids: readonly number[];
}

const COLUMN = { user: 'email', client: 'name' } as const;

const idsNamed = async (db: Reader, kind: Duplicate['kind'], name: string): Promise<readonly number[]> => {
  const { rows } = await sql<{ readonly id: number }>`select id from ${sql.id(kind)}
    where lower(${sql.ref(COLUMN[kind])}) = ${name.toLowerCase()} order by id`.execute(db);
  return rows.map(({ id }) => id);
};

/** Returns the users and sites that still share a name with another. */
export const remainingDuplicates = async (db: Reader): Promise<readonly Duplicate[]> => {
  const found = new Map<string, Duplicate>();
  for (const { relation, row_id } of await toleratedDuplicates(db)) {
    if (relation !== 'user' && relation !== 'client') {
      continue;
    }
    const { rows } = await sql<{ readonly name: string }>`select ${sql.ref(COLUMN[relation])} as name
      from ${sql.id(relation)} where id = ${row_id}`.execute(db);
    const [row] = rows;
    if (row === undefined) {
      continue;
    }
    const ids = await idsNamed(db, relation, row.name);
    if (ids.length > 1) {
      found.set(`${relation} ${row.name.toLowerCase()}`, { kind: relation, name: row.name, ids });
    }
  }
  return [...found.values()];
};
