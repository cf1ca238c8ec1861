import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';

const Texts = z.array(z.string());

/** Describes what a backend's database holds, read from beside while nothing or something else has it open. */
export interface Stored {
  /** `ok` for a sound database. */
  readonly integrity: unknown;
  readonly sites: ReadonlySet<string>;
  /** Serial numbers of the certificates in the ledger. */
  readonly serials: ReadonlySet<string>;
}

/** Reads the database of a project folder. @throws better-sqlite3's SqliteError */
export const readStored = (folder: string): Stored => {
  const db = new Database(path.join(folder, 'db.sqlite'), { readonly: true });
  try {
    const column = (sql: string): ReadonlySet<string> => new Set(Texts.parse(db.prepare(sql).pluck().all()));
    return {
      integrity: db.pragma('integrity_check', { simple: true }),
      sites: column('SELECT name FROM client'),
      serials: column('SELECT serial FROM certificate'),
    };
  } finally {
    db.close();
  }
};
