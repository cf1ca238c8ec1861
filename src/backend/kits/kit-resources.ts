import type { KeyBits } from '../../contract/certificate.ts';
import { KeyPool } from '../../pki/key-pool.ts';
import { FairQueue } from '../context/fair-queue.ts';

export interface KitResourceOptions {
  /** Size of the key pairs kept ready. */
  readonly keyBits: KeyBits;
  /** Number of pairs kept ready; 0 generates each on demand. */
  readonly stock?: number;
}

const AT_ONCE = 8;
/** Of one account; the rest is there at once for whoever else asks. */
const AT_ONCE_SHARE = 6;
const WAITING = 248;
const WAITING_SHARE = 64;
/** Proxies and people give up after a minute; keys of 4,096 bits can take that long for a few dozen kits. */
const TIMEOUT_MS = 60_000;
const RETRY_SECONDS = 10;

/** Describes what kits are made with: key pairs made ahead, and a bound on how many kits are under way. */
export interface KitResources {
  readonly keys: KeyPool;
  readonly queue: FairQueue;
}

/** Opens a workshop; whoever opened it closes its key pool. */
export const openKitResources = ({ keyBits, stock }: KitResourceOptions): KitResources => ({
  keys: new KeyPool({ bits: keyBits, ...(stock === undefined ? {} : { stock }) }),
  queue: new FairQueue({
    running: AT_ONCE,
    runningShare: AT_ONCE_SHARE,
    waiting: WAITING,
    share: WAITING_SHARE,
    timeoutMs: TIMEOUT_MS,
    retryAfter: RETRY_SECONDS,
    busy: 'Too many startup kits are being generated. Try again in a moment.',
  }),
});
