import { readFile } from 'node:fs/promises';
import { FairQueue, type QueueRequester } from '../context/fair-queue.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

/** Password work, a few at a time: each takes 32 MiB and a thread of the pool. */
export interface Passwords {
  /** @throws ApiError `unavailable` when too many wait */
  readonly hash: (share: QueueRequester, password: string) => Promise<string>;
  /**
   * Compares; without a stored hash (unknown user) it takes the same time and answers false.
   *
   * @throws ApiError `unavailable` when too many wait
   */
  readonly verify: (share: QueueRequester, stored: string | undefined, password: string) => Promise<boolean>;
  /**
   * Checks the present password and hashes the next one in one turn, so that nobody waits twice.
   *
   * @returns the hash of `next`; undefined when `current` is wrong
   * @throws ApiError `unavailable` when too many wait
   */
  readonly exchange: (
    share: QueueRequester,
    stored: string,
    current: string,
    next: string,
  ) => Promise<string | undefined>;
  /**
   * True for one of the passwords that are tried first, in whatever case.
   *
   * @throws Error when the list cannot be read
   */
  readonly isListed: (password: string) => Promise<boolean>;
  /** Where they wait for each other. */
  readonly queue: Pick<FairQueue, 'running' | 'waiting'>;
}

/** Hash of nothing anybody can type: its hex does not come from its salt. */
const NOBODY = `scrypt:32768:8:1$0000000000000000$${'00'.repeat(64)}`;

const TIMEOUT_MS = 10_000;

/**
 * @param list file of common passwords in small letters, one a line; read when it is first needed and kept (some
 *   150 kB), since reading it waits for the threads that the hashing of others keeps busy
 * @param timeoutMs that one may wait for its turn
 */
export const createPasswords = (list: URL, timeoutMs = TIMEOUT_MS): Passwords => {
  const queue = new FairQueue({
    running: 2,
    runningShare: 2,
    waiting: 96,
    share: 16,
    timeoutMs,
    retryAfter: 2,
    busy: 'Too many log-ins at once. Try again in a moment.',
  });
  let reading: Promise<string> | undefined;
  const listed = () => {
    reading ??= readFile(list, 'utf8').catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
  return {
    hash: (share, password) => queue.run(share, () => hashPassword(password)),
    verify: (share, stored, password) => queue.run(share, () => verifyPassword(stored ?? NOBODY, password)),
    exchange: (share, stored, current, next) =>
      queue.run(share, async () =>
        (await verifyPassword(stored, current)) ? hashPassword(next) : undefined,
      ),
    isListed: async (password) => `\n${await listed()}`.includes(`\n${password.toLowerCase()}\n`),
    queue,
  };
};
