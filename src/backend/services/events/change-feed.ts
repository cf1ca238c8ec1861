import type { ServerLog } from '../../context/context.ts';
import { auditAfter, auditHead } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';

/** Interval of the look for changes, whichever backend made them. */
const POLL_MS = 1000;
const STEP = 500;

/** Sessions, refusals, reads and exports change nothing that a page shows. */
const UNSEEN = /^(session|attempts|audit|data)\.|\.refuse$/;
const isVisible = ({ action }: { readonly action: string }): boolean => !UNSEEN.test(action);

/**
 * Notices changes by the audit log, which every change of every backend writes to; reads it only while somebody
 * listens, and once for all listeners.
 */
export class ChangeFeed {
  readonly #db: Database;
  readonly #log: ServerLog;
  readonly #waiting = new Set<() => void>();
  #lastId: number | undefined;
  #version = 0;
  #timer: NodeJS.Timeout | undefined;
  #listeners = 0;

  constructor(db: Database, log: ServerLog) {
    this.#db = db;
    this.#log = log;
  }

  get version(): number {
    return this.#version;
  }

  /** Starts to read for one more listener; the returned function ends that. */
  listen(): () => void {
    this.#listeners += 1;
    this.#timer ??= setTimeout(() => void this.#poll(), POLL_MS);
    return () => {
      this.#listeners -= 1;
      if (this.#listeners > 0) {
        return;
      }
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#lastId = undefined;
    };
  }

  /** Resolves with the version once it is another than the given one, after `ms` at the latest, or when aborted. */
  async after(version: number, ms: number, signal: AbortSignal): Promise<number> {
    if (this.#version !== version || signal.aborted) {
      return this.#version;
    }
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
    });
    return this.#version;
  }

  async #poll(): Promise<void> {
    try {
      if (await this.#hasChanged()) {
        this.#version += 1;
        for (const wake of this.#waiting) {
          wake();
        }
      }
    } catch (error) {
      this.#log.warn({ error }, 'changes could not be read');
    }
    if (this.#listeners > 0) {
      this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
    }
  }

  /** The first look may miss what happened since the listener came: it counts as a change. */
  async #hasChanged(): Promise<boolean> {
    if (this.#lastId === undefined) {
      this.#lastId = (await auditHead(this.#db.reader)).last_id;
      return true;
    }
    const rows = await auditAfter(this.#db.reader, this.#lastId, STEP);
    this.#lastId = rows.at(-1)?.id ?? this.#lastId;
    return rows.some(isVisible);
  }
}
