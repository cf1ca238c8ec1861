import { sql, SqliteAdapter, type Kysely, type RawBuilder } from 'kysely';
import { ROLES } from '../../../contract/roles.ts';
import type { Schema } from '../schema.ts';
import type { TableDefinitions } from '../table-definitions.ts';
import type { Kind } from './understood-value.ts';

/** Tables that NVIDIA's dashboard writes as well, those that others refer to first. */
export const SHARED_TABLES = ['organization', 'role', 'capacity', 'user', 'client', 'project'] as const;
export type SharedTable = (typeof SHARED_TABLES)[number];

/** Columns whose NULL is no empty text or zero, but a value that is missing. */
export const NEEDED: Readonly<Record<SharedTable, readonly string[]>> = {
  organization: ['name'],
  role: ['name'],
  capacity: [],
  user: ['name', 'email', 'approval_state'],
  client: ['name', 'approval_state'],
  project: [],
};

/** Columns that hold a JSON object or nothing. */
export const JSON_COLUMNS: Readonly<Record<SharedTable, readonly string[]>> = {
  organization: [],
  role: [],
  capacity: ['capacity'],
  user: ['props'],
  client: ['capacity', 'props'],
  project: ['project_props', 'server_props'],
};

/** Names that may not be blank. */
export const NAMES: Readonly<Partial<Record<SharedTable, string>>> = { user: 'email', client: 'name' };

const KINDS: readonly (readonly [pattern: RegExp, kind: Kind])[] = [
  [/^VARCHAR.* DEFAULT ''$/, 'text'],
  [/^DATETIME/, 'time'],
  [/^BOOLEAN/, 'flag'],
  [/^INTEGER.* DEFAULT /, 'integer'],
];

/** Returns the columns whose values may have any type, as SQLite takes them, with the type they should have. */
export const kindsOf = (tables: TableDefinitions, table: SharedTable): readonly (readonly [string, Kind])[] =>
  Object.entries(tables[table] ?? {}).flatMap(([name, type]) => {
    const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1];
    return kind === undefined ? [] : [[name, kind] as const];
  });

const TIME = sql.lit(`${'[0-9]'.repeat(4)}-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*`);

const oddOf = (name: string, kind: Kind): RawBuilder<unknown> => {
  const column = sql.id(name);
  switch (kind) {
    case 'text':
      return sql`typeof(${column}) not in ('text', 'null')`;
    case 'time':
      return sql`typeof(${column}) not in ('text', 'null') or ${column} <> '' and ${column} not glob ${TIME}`;
    case 'flag':
      return sql`${column} not in (0, 1)`;
    case 'integer':
      return sql`typeof(${column}) not in ('integer', 'null')
        or ${column} not between -2147483648 and 2147483647`;
  }
};

/** Capacities hold numbers that a text may stand for. */
const oddJson = (name: string): RawBuilder<unknown> => {
  const column = sql.id(name);
  const numbers =
    name === 'capacity'
      ? sql`or json_type(${column}, '$.num_of_gpus') <> 'integer'
          or json_type(${column}, '$.mem_per_gpu_in_GiB') <> 'integer'`
      : sql``;
  return sql`case when ${column} = '' then false when not json_valid(${column}) then true
    else json_type(${column}) <> 'object' ${numbers} end`;
};

const dangling = (column: string, table: string): RawBuilder<unknown> =>
  sql`${sql.id(column)} is null or ${sql.id(column)} not in (select id from ${sql.id(table)})`;

const KNOWN_ROLES = sql.join([...ROLES, ''].map((role) => sql.lit(role)));

const REFERENCES: Readonly<Partial<Record<SharedTable, readonly RawBuilder<unknown>[]>>> = {
  user: [
    dangling('organization_id', 'organization'),
    sql`role_id is null or role_id not in (select id from role where name in (${KNOWN_ROLES}))`,
  ],
  client: [dangling('organization_id', 'organization'), dangling('creator_id', 'user')],
};

/** Returns the rows that hold something which this dashboard would never write. @param columns that are there; undefined: all */
export const oddRows = async (
  db: Kysely<Schema>,
  tables: TableDefinitions,
  table: SharedTable,
  columns: ReadonlySet<string> | undefined,
): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const blank = NAMES[table];
  const conditions = [
    ...(isSqlite ? kindsOf(tables, table).map(([name, kind]) => oddOf(name, kind)) : []),
    ...(isSqlite ? JSON_COLUMNS[table].filter((name) => columns?.has(name) ?? true).map(oddJson) : []),
    ...NEEDED[table].map((name) => sql`${sql.id(name)} is null`),
    ...(blank === undefined ? [] : [sql`trim(${sql.id(blank)}) = ''`]),
    ...(REFERENCES[table] ?? []),
  ];
  if (conditions.length === 0) {
    return [];
  }
  const query = sql<Record<string, unknown>>`select * from ${sql.id(table)}
    where ${sql.join(conditions, sql` or `)} order by id`;
  return (await query.execute(db)).rows;
};
