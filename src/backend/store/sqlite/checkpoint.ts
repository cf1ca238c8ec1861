import { statSync } from 'node:fs';
import type BetterSqlite from 'better-sqlite3';
import { z } from 'zod';

/** When commits are written to the database file itself. */
export interface CheckpointLimits {
  /** Time without a commit. */
  readonly quietMs: number;
  /** Age of the oldest commit, even if others keep coming. */
  readonly maxAgeMs: number;
  /** Size of the log, even if commits keep coming. */
  readonly maxLogBytes: number;
}

/** A program that copies the file during a checkpoint reads pages of two states: checkpoints while writing are rare. */
const LIMITS: CheckpointLimits = { quietMs: 1000, maxAgeMs: 60_000, maxLogBytes: 64 * 2 ** 20 };

/** The row that SQLite gives: whether somebody kept it from finishing, pages in the log, and pages copied of them. */
const Outcome = z.object({ busy: z.number(), log: z.number(), checkpointed: z.number() });

/**
 * Copies commits out of SQLite's write-ahead log into the database file and empties the log, so that a plain copy of
 * that one file holds the whole project after a quiet second. While commits keep coming the file rests as it is.
 */
export class Checkpoints {
  readonly #connection: BetterSqlite.Database;
  readonly #requireInPlace: () => void;
  readonly #limits: CheckpointLimits;
  #timer: NodeJS.Timeout | undefined;
  #firstCommit: number | undefined;
  #lastCommit = 0;

  /** @param requireInPlace throws where the file is not the connection's any more: the log stays beside it then */
  constructor(connection: BetterSqlite.Database, requireInPlace: () => void, limits = LIMITS) {
    this.#connection = connection;
    this.#requireInPlace = requireInPlace;
    this.#limits = limits;
    // SQLite itself would write to the file every 1,000 pages, in the middle of the work.
    connection.pragma('wal_autocheckpoint = 0');
  }

  /** The next commit is the first in its log. */
  get logBegins(): boolean {
    return this.#firstCommit === undefined;
  }

  /** Called after every commit. */
  committed(): void {
    this.#lastCommit = performance.now();
    this.#firstCommit ??= this.#lastCommit;
    this.#timer ??= this.#lookIn(this.#limits.quietMs);
  }

  /** Empties the log now, or later when another program still reads it. */
  run(): void {
    // A transaction has the connection: its commit is due as well.
    if (this.#connection.inTransaction || !this.#empty()) {
      this.#timer ??= this.#lookIn(this.#limits.quietMs);
    } else {
      this.#firstCommit = undefined;
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #lookIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#timer = undefined;
      const wait = this.#lastCommit + this.#limits.quietMs - performance.now();
      if (wait <= 0 || this.#isOverdue()) {
        this.run();
      } else {
        this.#timer = this.#lookIn(wait);
      }
    }, ms).unref();
  }

  #isOverdue(): boolean {
    const age = performance.now() - (this.#firstCommit ?? Infinity);
    const log = statSync(`${this.#connection.name}-wal`, { throwIfNoEntry: false });
    return age >= this.#limits.maxAgeMs || (log?.size ?? 0) >= this.#limits.maxLogBytes;
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
