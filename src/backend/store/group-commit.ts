import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { Reader, Trx } from './database.ts';

/** Changes that share a transaction at most, so that nobody waits long for the others. */
const MAX_TOGETHER = 64;

/** Time that a change waits for another program that writes to the file, and interval of its tries. */
const TIMEOUT_MS = 5000;
const LOOK_MS = 40;

const Busy = z.object({ code: z.string().startsWith('SQLITE_BUSY') });

const SAVE = CompiledQuery.raw('savepoint one_change');
const KEEP = CompiledQuery.raw('release one_change');
const UNDO = CompiledQuery.raw('rollback to one_change');

interface Change {
  /** Does the work and gives what tells its caller, to be called after the commit. */
  readonly run: (trx: Trx) => Promise<() => void>;
  readonly fail: (reason: unknown) => void;
  /** It is not waited for another program later than this, by the process's clock. */
  readonly until: number;
}

/** Where changes are made and how to see what became of them. */
export interface CommitTarget {
  readonly reader: Reader;
  /** Begins each transaction, such as with its limits. */
  readonly begin?: (trx: Trx) => Promise<void>;
  /** False when SQLite has rolled back the transaction by itself (disk full). */
  readonly inTransaction: () => boolean;
  /** Called after every commit, before anybody is told. */
  readonly committed: () => void;
}

/**
 * Lets changes that arrive together share one transaction, since a commit waits for the disk. Each has a savepoint:
 * one that fails is undone alone. They run one after the other, and nobody is told before all is on the disk. While
 * another program writes, they wait outside of SQLite, whose own waiting would stop the process.
 */
export class GroupCommit {
  readonly #target: CommitTarget;
  #queue: Change[] = [];
  #running: Promise<void> | undefined;

  constructor(target: CommitTarget) {
    this.#target = target;
  }

  /** Runs `work` in a transaction; rejects with what it, or the commit, throws: then nothing of it is stored. */
  write<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = async (trx: Trx): Promise<() => void> => {
        const value = await work(trx);
        return () => {
          resolve(value);
        };
      };
      this.#queue.push({ run, fail: reject, until: performance.now() + TIMEOUT_MS });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when everything asked for so far is stored or has failed. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // What came with the same turn of the event loop joins.
      await nextTurn();
      const changes = this.#queue.splice(0, MAX_TOGETHER);
      const busy = await this.#commit(changes);
      if (busy === undefined) {
        continue;
      }
      this.#queue.unshift(...changes);
      this.#giveUp(busy.reason);
      if (this.#queue.length > 0) {
        await pause(LOOK_MS);
      }
    }
    this.#running = undefined;
  }

  /** Ends the changes that have waited long enough. */
  #giveUp(reason: unknown): void {
    const now = performance.now();
    const waiting: Change[] = [];
    for (const one of this.#queue) {
      if (one.until > now) {
        waiting.push(one);
      } else {
        one.fail(reason);
      }
    }
    this.#queue = waiting;
  }

  /** @returns why nothing of it was begun; undefined when everybody has been told */
  async #commit(changes: readonly Change[]): Promise<{ readonly reason: unknown } | undefined> {
    const outcomes: (() => void)[] = [];
    const began = { once: false };
    try {
      await this.#target.reader.transaction().execute(async (trx) => {
        began.once = true;
        await this.#target.begin?.(trx);
        for (const one of changes) {
          outcomes.push(await this.#attempt(trx, one));
        }
      });
    } catch (error) {
      if (!began.once && Busy.safeParse(error).success) {
        return { reason: error };
      }
      for (const { fail } of changes) {
        fail(error);
      }
      return undefined;
    }
    this.#target.committed();
    for (const tell of outcomes) {
      tell();
    }
    return undefined;
  }

  async #attempt(trx: Trx, change: Change): Promise<() => void> {
    await trx.executeQuery(SAVE);
    try {
      const tell = await change.run(trx);
      await trx.executeQuery(KEEP);
      return tell;
    } catch (error) {
      // What SQLite has rolled back as a whole has failed for everybody in it.
      if (!this.#target.inTransaction()) {
        throw error;
      }
      await trx.executeQuery(UNDO);
      await trx.executeQuery(KEEP);
      return () => {
        change.fail(error);
      };
    }
  }
}
