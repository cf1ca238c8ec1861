import pg from 'pg';
import { z } from 'zod';
import type { SavedRoot } from '../stored-root.ts';

const Row = z.object({ root_cert: z.string().nullable(), root_key: z.string().nullable() });

/**
 * Reads the root CA out of a PostgreSQL database in a read-only transaction.
 *
 * @param url `postgres://user:password@host:port/name`
 * @returns undefined when there is no project table or no root yet
 * @throws pg's error when the server cannot be reached or refuses
 */
export const readPostgresRoot = async (url: string): Promise<SavedRoot | undefined> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // A connection that is cut while in use fails its query; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin read only');
    const { rows: tables } = await client.query("select to_regclass('project') is not null as present");
    if (!z.tuple([z.object({ present: z.literal(true) })]).safeParse(tables).success) {
      return undefined;
    }
    const { rows } = await client.query(
      "select convert_from(root_cert, 'UTF8') as root_cert, convert_from(root_key, 'UTF8') as root_key from project order by id limit 1",
    );
    const row = z.array(Row).parse(rows)[0];
    return row?.root_key ? { certificatePem: row.root_cert ?? '', key: row.root_key } : undefined;
  } finally {
    await client.end();
  }
};
