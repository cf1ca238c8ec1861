import { readFile } from 'node:fs/promises';
import { FairQueue, type QueueRequester } from '../context/fair-queue.ts';
import { HASH_METHOD, hashPassword, methodOf, spendTime, verifyPassword } from './password-hash.ts';

/** Password work, a few at a time: each takes 32 MiB and a thread of the pool. */
export interface Passwords {
  /** @throws ApiError `unavailable` when too many wait */
  readonly hash: (share: QueueRequester, password: string) => Promise<string>;
  /**
   * Compares. A wrong password takes the same time for every kind of hash and without one (unknown user).
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
const NOBODY = `${HASH_METHOD}$0000000000000000$${'00'.repeat(64)}`;

const TIMEOUT_MS = 10_000;

/**
 * @param list file of common passwords in small letters, one a line; read when it is first needed and kept (some
 *   150 kB), since reading it waits for the threads that the hashing of others keeps busy
 * @param outdated ways in which stored hashes were derived other than today's
 * @param timeoutMs that one may wait for its turn
 */
export const createPasswords = (
  list: URL,
  outdated: () => Promise<readonly string[]> = () => Promise.resolve([]),
  timeoutMs = TIMEOUT_MS,
): Passwords => {
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
  /** A refusal spends the time of every kind, so that it does not tell which one, or none, was checked. */
  const verify = async (stored: string | undefined, password: string): Promise<boolean> => {
    const hash = stored ?? NOBODY;
    if (await verifyPassword(hash, password)) {
      return true;
    }
    const others = new Set([HASH_METHOD, ...(await outdated())]);
    others.delete(methodOf(hash));
    for (const method of others) {
      await spendTime(method, password);
    }
    return false;
  };
  return {
    hash: (share, password) => queue.run(share, () => hashPassword(password)),
    verify: (share, stored, password) => queue.run(share, () => verify(stored, password)),
    exchange: (share, stored, current, next) =>
      queue.run(share, async () => ((await verify(stored, current)) ? hashPassword(next) : undefined)),
    isListed: async (password) => `\n${await listed()}`.includes(`\n${password.toLowerCase()}\n`),
    queue,
  };
};
