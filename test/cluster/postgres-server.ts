import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { preparePostgres, type Standby } from '../prepare/postgres.js';

/** A real PostgreSQL server of the test's own. */
export interface PostgresServer {
  /** Creates an empty database. @returns its URL */
  readonly createDatabase: () => Promise<string>;
  readonly down: () => Promise<void>;
  readonly up: () => Promise<boolean>;
  /** Ends it without a word. */
  readonly kill: () => Promise<void>;
  /** Starts a server that follows this one, in a folder that goes with this one's. */
  readonly standby: () => Promise<Standby>;
  readonly stop: () => Promise<void>;
}

/** Runs one statement. @returns its rows */
export const queryDatabase = async (url: string, text: string): Promise<readonly unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
};

/** Starts the server. @throws Error where PostgreSQL is not installed */
export const startPostgres = async (): Promise<PostgresServer> => {
  const server = await preparePostgres();
  if (server.reason !== undefined) {
    throw new Error(server.reason);
  }
  return {
    createDatabase: async () => {
      const name = `cluster_${randomBytes(6).toString('hex')}`;
      await queryDatabase(server.url, `create database ${name}`);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    down: server.down,
    up: server.up,
    kill: server.kill,
    standby: server.standby,
    stop: server.stop,
  };
};
