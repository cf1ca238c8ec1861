import type { KyselyPlugin } from 'kysely';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database, Reader } from '../../src/backend/store/database.ts';

/** Runs a query of the store. @returns the statements that it sent, with their parameters */
const statementsOf = async (
  db: Reader,
  run: (db: Reader) => Promise<unknown>,
): Promise<readonly { readonly text: string; readonly parameters: readonly unknown[] }[]> => {
  const statements: { readonly text: string; readonly parameters: readonly unknown[] }[] = [];
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      const compiled = db.getExecutor().compileQuery(node, queryId);
      statements.push({ text: compiled.sql, parameters: compiled.parameters });
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  await run(db.withPlugin(plugin));
  return statements;
};

const literal = (value: unknown): string => {
  if (typeof value === 'number') {
    return String(value);
  }
  return `'${z.string().parse(value).replaceAll("'", "''")}'`;
};

/** The statement with its parameters in it: plans depend on them, and PostgreSQL prepares no `explain`. */
const written = (text: string, parameters: readonly unknown[]): string => {
  let position = 0;
  return text.replace(/\$\d+|\?/g, (slot) => {
    const index = slot === '?' ? position : Number(slot.slice(1)) - 1;
    position += 1;
    return literal(parameters[index]);
  });
};

const PlanRow = z.object({ detail: z.string() });

/** Returns the lines of SQLite's plan. */
const sqlitePlan = async (db: Reader, statement: string): Promise<readonly string[]> => {
  const { rows } = await sql`explain query plan ${sql.raw(statement)}`.execute(db);
  return z
    .array(PlanRow)
    .parse(rows)
    .map(({ detail }) => detail);
};

const Node = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().optional(),
  'Rows Removed by Index Recheck': z.number().optional(),
  get Plans() {
    return z.array(Node).optional();
  },
});
const Explained = z.array(z.object({ 'QUERY PLAN': z.array(z.object({ Plan: Node })) }));

/** Rows that a plan's scans read, whether they passed the filter or not. */
const rowsRead = (node: z.infer<typeof Node>): readonly (readonly [relation: string, rows: number])[] => {
  const own =
    (node['Actual Rows'] +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0)) *
    node['Actual Loops'];
  const relation = node['Relation Name'];
  return [
    ...(relation === undefined ? [] : [[relation, own] as const]),
    ...(node.Plans ?? []).flatMap(rowsRead),
  ];
};

const postgresRead = async (db: Reader, statement: string) => {
  const { rows } = await sql`explain (analyze, timing off, format json) ${sql.raw(statement)}`.execute(db);
  return Explained.parse(rows).flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => rowsRead(Plan)));
};

const GROWING =
  /^SCAN (user|client|certificate|audit|organization|certificate_request|invitation|outbox|access_token)\b/;

/**
 * Why a list does not stay as fast when its table grows; empty when it does.
 *
 * @param options `isNarrow`: few of the rows belong to the list
 */
export const slowdownsOf = async (
  { reader, engine }: Pick<Database, 'reader' | 'engine'>,
  run: (db: Reader) => Promise<unknown>,
  { maxRows, isNarrow }: { readonly maxRows: number; readonly isNarrow: boolean },
): Promise<readonly string[]> => {
  const slow: string[] = [];
  for (const { text, parameters } of await statementsOf(reader, run)) {
    const statement = written(text, parameters);
    if (engine === 'sqlite') {
      const plan = await sqlitePlan(reader, statement);
      // A scan in the order of the list ends with the page, unless few rows match or it is sorted afterwards.
      if (
        plan.some((line) => GROWING.test(line)) &&
        (isNarrow || plan.some((line) => line.includes('TEMP B-TREE FOR ORDER BY')))
      ) {
        slow.push(plan.join('; '));
      }
    } else {
      const read = await postgresRead(reader, statement);
      const rows = read.reduce((sum, [, count]) => sum + count, 0);
      if (rows > maxRows) {
        slow.push(`${rows} rows: ${read.map(([relation, count]) => `${relation} ${count}`).join(', ')}`);
      }
    }
  }
  return slow;
};

/** Tables that a count reads beside its own, or its own without an index. */
export const countedTables = async (
  { reader, engine }: Pick<Database, 'reader' | 'engine'>,
  run: (db: Reader) => Promise<unknown>,
): Promise<readonly string[]> => {
  const tables: string[] = [];
  for (const { text, parameters } of await statementsOf(reader, run)) {
    const statement = written(text, parameters);
    if (engine === 'sqlite') {
      const plan = await sqlitePlan(reader, statement);
      tables.push(...plan.filter((line) => GROWING.test(line) && !line.includes('COVERING INDEX')));
    } else {
      const read = await postgresRead(reader, statement);
      tables.push(...read.filter(([, count]) => count > 1000).map(([relation]) => relation));
    }
  }
  return tables;
};
