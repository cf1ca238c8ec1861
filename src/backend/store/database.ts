import type { Kysely, LogEvent, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** Reads go here. Never use it while a transaction of the same task is open: SQLite has one connection. */
export type Reader = Kysely<Schema>;

/** Open transaction; every function of the store takes a reader or one of these. */
export type Trx = Transaction<Schema>;

/** A query that has been carried out. */
export interface ObservedQuery {
  readonly engine: Database['engine'];
  /** With placeholders instead of values. */
  readonly text: string;
  readonly milliseconds: number;
  readonly error: unknown;
}
export type QueryObserver = (query: ObservedQuery) => void;

/** Returns what kysely calls after each query; nothing where nobody observes. */
export const queryLog = (
  engine: Database['engine'],
  observe: QueryObserver | undefined,
): { readonly log?: (event: LogEvent) => void } =>
  observe === undefined
    ? {}
    : {
        log: (event) => {
          observe({
            engine,
            text: event.query.sql,
            milliseconds: event.queryDurationMillis,
            error: event.level === 'error' ? event.error : undefined,
          });
        },
      };

/** The open database and what differs between engines. */
export interface Database {
  readonly reader: Reader;
  /** For reads that look through whole tables: with SQLite, no other request waits for them. */
  readonly searcher: () => Reader;
  /**
   * Runs `work` in a transaction, which it may share with others that came with it; they run one after the other,
   * and each is undone alone when it throws. Resolves when all is on the disk. Keep slow things (key making, password hashing) outside.
   */
  readonly write: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
  /**
   * Differs from before whenever what readers find may differ, whoever changed it; not there on engines that
   * cannot tell.
   */
  readonly version?: () => string;
  /** Differs from before whenever others than this connection have written; not there on engines that cannot tell. */
  readonly foreignVersion?: () => string;
  /** Name of the engine, for people. */
  readonly engine: 'sqlite' | 'postgres';
  /** Consistent copy into a new file; SQLite only. */
  readonly snapshot?: (file: string) => Promise<void>;
  /** Throws when the database does not respond or is damaged. */
  readonly check: () => Promise<void>;
  /** Writes what is still in the log into the database file and closes it. */
  readonly close: () => Promise<void>;
}
