import pg from 'pg';
import { z } from 'zod';

const Found = z.array(z.object({ hash: z.string() }));
const CONNECT_MS = 5000;

/**
 * Reads what tells one project from all others, the hash of its first audit row, without changing the database.
 *
 * @returns undefined while there is no project
 * @throws pg's error when the server cannot be reached or refuses
 */
export const readPostgresIdentity = async (url: string): Promise<string | undefined> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows: tables } = await client.query("select 1 where to_regclass('audit') is not null");
    if (tables.length === 0) {
      return undefined;
    }
    const { rows } = await client.query('select hash from audit where id = 1');
    return Found.parse(rows)[0]?.hash;
  } finally {
    await client.end();
  }
};
