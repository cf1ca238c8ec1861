import { setTimeout as pause } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import path from 'node:path';
import type { BackendProcess } from './backend-process.ts';
import { percentile } from './sample.ts';

/** This process, holding the write lock of a backend's database. */
export class LockedDatabase {
  readonly #connection: BetterSqlite.Database;

  /** @throws better-sqlite3's SqliteError when somebody else holds it */
  constructor(folder: string) {
    this.#connection = new BetterSqlite(path.join(folder, 'db.sqlite'));
    this.#connection.exec('begin immediate');
  }

  release(): void {
    this.#connection.exec('rollback');
    this.#connection.close();
  }
}

/** Describes what was answered while another process held the write lock. */
export interface WhileLocked {
  readonly reads: number;
  /** Milliseconds; 99 of 100 reads took no longer. */
  readonly p99: number;
  readonly failed: readonly string[];
  /** Statuses of the writes, asked for while locked, answered after. */
  readonly writes: readonly number[];
}

const WRITES = 20;
const BETWEEN_MS = 5;

/** Holds the lock for a while; reads and health checks go on, and writes wait. */
export const holdLock = async (backend: BackendProcess, milliseconds: number): Promise<WhileLocked> => {
  const token = await backend.logIn();
  const lock = new LockedDatabase(backend.folder);
  const until = performance.now() + milliseconds;
  const asked = Array.from({ length: WRITES }, (_none, number) =>
    backend.ask({
      method: 'POST',
      path: '/clients',
      token,
      body: { name: `waiting-${number}`, organization: 'hospital' },
    }),
  );
  const times: number[] = [];
  const failed: string[] = [];
  while (performance.now() < until) {
    for (const route of ['/health', '/clients', '/project', '/users']) {
      const began = performance.now();
      const { status } = await backend.ask({ method: 'GET', path: route, token });
      times.push(performance.now() - began);
      if (status !== 200) {
        failed.push(`${route}: ${status}`);
      }
    }
    await pause(BETWEEN_MS);
  }
  lock.release();
  const writes = (await Promise.all(asked)).map(({ status }) => status);
  return { reads: times.length, p99: percentile(times, 0.99), failed, writes };
};
