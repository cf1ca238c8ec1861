import { setTimeout as pause } from 'node:timers/promises';
import { BackendProcess } from './backend-process.ts';
import { readStored } from './stored.ts';

const WRITERS = 8;

/** Describes how long something is killed again and again. */
export interface KillPlan {
  readonly rounds: number;
  /** No round begins later than this. */
  readonly milliseconds: number;
}

/** Describes what became of the writes. */
export interface KilledWrites {
  readonly rounds: number;
  /** Writes that were answered with 201. */
  readonly acknowledged: number;
  /** Acknowledged ones that the database does not hold. */
  readonly lost: readonly string[];
  /** Results of SQLite's integrity check other than `ok`. */
  readonly damage: readonly unknown[];
  /** Statuses other than 201 that writers got. */
  readonly refused: readonly number[];
  /** Milliseconds from each start after a kill until GET /ready answered. */
  readonly ready: readonly number[];
}

/** Kills the backend under write load, each round at another point, and looks what the database holds. */
export const killWhileWriting = async ({ rounds, milliseconds }: KillPlan): Promise<KilledWrites> => {
  const backend = await BackendProcess.prepare();
  const until = performance.now() + milliseconds;
  const ready: number[] = [];
  const refused: number[] = [];
  const damage: unknown[] = [];
  const lost: string[] = [];
  let acknowledged = 0;
  let done = 0;
  try {
    await backend.start();
    const token = await backend.logIn();
    for (; done < rounds && performance.now() < until; done += 1) {
      const names: string[] = [];
      const write = async (writer: number): Promise<void> => {
        for (let count = 0; ; count += 1) {
          const name = `r${done}w${writer}-${count}`;
          const body = { name, organization: 'hospital' };
          const response = await backend
            .ask({ method: 'POST', path: '/clients', token, body })
            .catch(() => undefined);
          if (response === undefined) {
            return;
          }
          if (response.status === 201) {
            names.push(name);
          } else {
            refused.push(response.status);
          }
        }
      };
      const writers = Promise.all(Array.from({ length: WRITERS }, (_none, writer) => write(writer)));
      while (names.length + refused.length < WRITERS + (done % 11)) {
        await pause(done % 3);
      }
      await backend.kill();
      await writers;
      const stored = readStored(backend.folder);
      if (stored.integrity !== 'ok') {
        damage.push(stored.integrity);
      }
      lost.push(...names.filter((name) => !stored.sites.has(name)));
      acknowledged += names.length;
      ready.push(await backend.start());
    }
  } finally {
    await backend.remove();
  }
  return { rounds: done, acknowledged, lost, damage, refused, ready };
};
