import type BetterSqlite from 'better-sqlite3';
import { z } from 'zod';

/** Age at which a change is written to the database file itself. */
const DELAY_MS = 1000;

/** The row that SQLite gives: whether somebody kept it from finishing, pages in the log, and pages copied of them. */
const Outcome = z.object({ busy: z.number(), log: z.number(), checkpointed: z.number() });

/**
 * Copies commits out of SQLite's write-ahead log into the database file and empties the log, so that a plain copy of
 * that one file holds the project but for the last second.
 */
export class Checkpoints {
  readonly #connection: BetterSqlite.Database;
  readonly #requireInPlace: () => void;
  #timer: NodeJS.Timeout | undefined;
  #begins = true;

  /** @param requireInPlace throws where the file is not the connection's any more: the log stays beside it then */
  constructor(connection: BetterSqlite.Database, requireInPlace: () => void) {
    this.#connection = connection;
    this.#requireInPlace = requireInPlace;
  }

  /** The next commit is the first in its log. */
  get logBegins(): boolean {
    return this.#begins;
  }

  /** Called after every commit: the first one since the last checkpoint sets when the next is. */
  committed(): void {
    this.#begins = false;
    this.#schedule();
  }

  /** Empties the log now, or later when another program still reads it. */
  run(): void {
    // A transaction has the connection: its commit is due as well.
    if (this.#connection.inTransaction || !this.#empty()) {
      this.#schedule();
    } else {
      this.#begins = true;
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.run();
    }, DELAY_MS).unref();
  }

  #empty(): boolean {
    try {
      this.#requireInPlace();
      const [outcome] = z.array(Outcome).parse(this.#connection.pragma('wal_checkpoint(TRUNCATE)'));
      return outcome?.busy === 0;
    } catch {
      // A full or failing disk, or another file: the log keeps everything.
      return false;
    }
  }
}
