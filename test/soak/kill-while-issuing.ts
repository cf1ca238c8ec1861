import { setTimeout as pause } from 'node:timers/promises';
import { BackendProcess } from './backend-process.ts';
import type { KillPlan } from './kill-while-writing.ts';
import { readStored } from './stored.ts';

const REQUESTERS = 8;
const TIMEOUT_MS = 20_000;

/** Describes what became of the certificates. */
export interface KilledIssues {
  readonly rounds: number;
  /** Kits of which at least the head of the answer, with the certificate's serial number, was seen. */
  readonly left: number;
  /** Serial numbers that left and are not in the ledger. */
  readonly missing: readonly string[];
  readonly damage: readonly unknown[];
  /** Rounds in which no kit left within 20 s. */
  readonly silent: number;
}

/** Kills the backend while it makes kits, and looks whether the ledger knows every certificate that left. */
export const killWhileIssuing = async ({ rounds, milliseconds }: KillPlan): Promise<KilledIssues> => {
  const backend = await BackendProcess.prepare();
  const until = performance.now() + milliseconds;
  const missing: string[] = [];
  const damage: unknown[] = [];
  let left = 0;
  let silent = 0;
  let done = 0;
  try {
    await backend.start();
    const token = await backend.logIn();
    const project = { short_name: 'demo', server1: 'server.example.org', key_bits: 2048, frozen: true };
    await backend.ask({ method: 'PATCH', path: '/project', token, body: project });
    for (; done < rounds && performance.now() < until; done += 1) {
      const serials: string[] = [];
      const request = async (): Promise<void> => {
        for (;;) {
          const gone = await backend
            .ask({ method: 'POST', path: '/servers/1/blob', token, body: {} }, ({ headers }) => {
              const serial = headers['x-kit-serial'];
              if (typeof serial === 'string') {
                serials.push(serial);
              }
            })
            .then(
              () => false,
              () => true,
            );
          if (gone) {
            return;
          }
        }
      };
      const requesters = Promise.all(Array.from({ length: REQUESTERS }, request));
      const began = performance.now();
      while (serials.length <= done % 4 && performance.now() - began < TIMEOUT_MS) {
        await pause(done % 3);
      }
      // Some rounds end in the midst of the next answer, some in the midst of its making.
      await pause((done % 7) * 3);
      await backend.kill();
      await requesters;
      const stored = readStored(backend.folder);
      if (stored.integrity !== 'ok') {
        damage.push(stored.integrity);
      }
      missing.push(...serials.filter((serial) => !stored.serials.has(serial)));
      left += serials.length;
      silent += serials.length === 0 ? 1 : 0;
      await backend.start();
    }
  } finally {
    await backend.remove();
  }
  return { rounds: done, left, missing, damage, silent };
};
