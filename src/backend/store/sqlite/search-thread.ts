import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/** A query as kysely has compiled it. */
export interface ThreadQuery {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/** The thread's program as text: it runs the same from source, build and bundle. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const Sqlite = require(workerData.library);
const connection = new Sqlite(workerData.file, { readonly: true, fileMustExist: true });
connection.pragma('query_only = 1');
parentPort.on('message', ({ text, parameters }) => {
  try {
    parentPort.postMessage({ rows: connection.prepare(text).all(...parameters) });
  } catch (error) {
    parentPort.postMessage({ code: String(error.code), message: String(error.message) });
  }
});
`;

/** Idle time after which the thread is ended to free its memory (about 10 MiB). */
const IDLE_MS = 10_000;

const Failed = z.object({ code: z.string(), message: z.string() });

/** What SQLite said in the thread, with its code. */
class ThreadError extends Error {
  override readonly name = 'ThreadError';
  readonly code: string;

  constructor({ code, message }: z.infer<typeof Failed>) {
    super(message);
    this.code = code;
  }
}

interface Pending {
  readonly settle: (message: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A thread with a connection of its own to the database file, for queries that take long: nobody waits for them but
 * who asked. It starts with the first query, ends when idle and does not keep the process alive.
 */
export class SearchThread {
  readonly #file: string;
  readonly #idleMs: number;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** In the order in which the thread carries them out. */
  #pending: Pending[] = [];

  /** @param idleMs time without queries after which the thread ends */
  constructor(file: string, idleMs = IDLE_MS) {
    this.#file = file;
    this.#idleMs = idleMs;
  }

  /** True while there is a thread. */
  get running(): boolean {
    return this.#worker !== undefined;
  }

  /**
   * Carries a query out that changes nothing; sees what was committed before.
   *
   * @throws Error with SQLite's code
   */
  run<R>({ text, parameters }: ThreadQuery): Promise<R[]> {
    const Found = z.object({ rows: z.custom<R[]>((rows) => Array.isArray(rows)) });
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#begin());
    return new Promise((resolve, reject) => {
      const settle = (message: unknown): void => {
        const found = Found.safeParse(message);
        if (found.success) {
          resolve(found.data.rows);
        } else {
          reject(new ThreadError(Failed.parse(message)));
        }
      };
      this.#pending.push({ settle, reject });
      worker.ref();
      worker.postMessage({ text, parameters });
    });
  }

  /** Ends the thread; who waits for a query is refused. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    this.#refuse(new ThreadError({ code: 'SQLITE_ABORT', message: 'the database is being closed' }));
    await worker?.terminate();
  }

  #begin(): Worker {
    const library = createRequire(import.meta.url).resolve('better-sqlite3');
    const worker = new Worker(PROGRAM, {
      eval: true,
      name: 'search',
      env: {},
      argv: [],
      execArgv: [],
      workerData: { file: this.#file, library },
    });
    worker.on('message', (message) => {
      this.#pending.shift()?.settle(message);
      if (this.#pending.length === 0) {
        worker.unref();
        this.#idle = setTimeout(() => void this.close(), this.#idleMs).unref();
      }
    });
    worker.on('error', (error) => {
      this.#refuse(error);
    });
    worker.on('exit', () => {
      if (this.#worker === worker) {
        this.#worker = undefined;
        this.#refuse(new ThreadError({ code: 'SQLITE_ABORT', message: 'the thread has ended' }));
      }
    });
    return worker;
  }

  #refuse(error: unknown): void {
    const pending = this.#pending;
    this.#pending = [];
    for (const { reject } of pending) {
      reject(error);
    }
  }
}
