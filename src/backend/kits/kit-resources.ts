import type { KeyBits } from '../../contract/certificate.ts';
import { KeyPool } from '../../pki/key-pool.ts';
import { BoundedQueue } from './bounded-queue.ts';

export interface KitResourceOptions {
  /** Size of the key pairs kept ready. */
  readonly keyBits: KeyBits;
  /** How many are kept ready; 0 makes each on demand. */
  readonly stock?: number;
}

const AT_ONCE = 8;
const WAITING = 248;
/** Proxies and people give up after a minute; keys of 4,096 bits can take that long for a few dozen kits. */
const TIMEOUT_MS = 60_000;
const RETRY_SECONDS = 10;

/** What kits are made with: key pairs made ahead, and a bound on how many kits are under way. */
export interface KitResources {
  readonly keys: KeyPool;
  readonly queue: BoundedQueue;
}

/** Opens a workshop; whoever opened it closes its key pool. */
export const openKitResources = ({ keyBits, stock }: KitResourceOptions): KitResources => ({
  keys: new KeyPool({ bits: keyBits, ...(stock === undefined ? {} : { stock }) }),
  queue: new BoundedQueue({
    running: AT_ONCE,
    waiting: WAITING,
    timeoutMs: TIMEOUT_MS,
    retryAfter: RETRY_SECONDS,
  }),
});
