import { availableParallelism } from 'node:os';
import type { KeyBits } from '../contract/certificate.ts';
import { KeyWorker } from './key-worker.ts';
import { PkiError } from './pki-error.ts';
import type { RsaKeyPair } from './rsa-key-pair.ts';

export interface KeyPoolOptions {
  /** Size of the pairs kept ready, once {@link KeyPool.prefer} or a first taker shows that pairs are wanted. */
  readonly bits: KeyBits;
  /** Least number of pairs kept ready once pairs are wanted; 0 generates each on demand. */
  readonly stock?: number;
  /** Worker threads; by default one a core, at most two. */
  readonly workers?: number;
  /** Takers that may wait; the next one is refused with `pool_busy`. */
  readonly maxWaiting?: number;
}

/** Gives a stored pair up: afterwards nobody finds it. Rejects when somebody else has it. */
type Release = () => Promise<void>;

/** Keeps pairs that were generated ahead for the next start. */
export interface PairStore {
  readonly save: (pair: RsaKeyPair) => Promise<Release>;
}

/** A pair that a store has kept. */
export interface StoredPair {
  readonly pair: RsaKeyPair;
  readonly release: Release;
}

interface ReadyPair {
  readonly pair: RsaKeyPair;
  /** Undefined where it is not stored. */
  readonly stored: Promise<Release | undefined> | undefined;
  /** Given up in the store already: true, or false where somebody else has it. */
  released?: Promise<boolean>;
}

interface Taker {
  readonly bits: KeyBits;
  readonly rank: number;
  readonly resolve: (pair: RsaKeyPair) => void;
  readonly reject: (reason: unknown) => void;
}

interface Waiting {
  readonly bits: KeyBits;
  readonly rank: number;
  readonly signal: AbortSignal | undefined;
}

const STOCK = 32;
/** Pairs given up in the store before anybody takes them, which takes a disk longer than the rest of a kit. */
const AT_HAND = 4;
/** Pairs kept at most, whoever is expected: about 3 KiB each. */
const MAX_STOCK = 512;
const MAX_WORKERS = 2;
const MAX_WAITING = 256;
/** Seconds a pair takes on a slow core, until the pool has seen its own. */
const FIRST_GUESS: Readonly<Record<KeyBits, number>> = { 2048: 0.15, 3072: 0.5, 4096: 1.5 };
const NEW_WEIGHT = 0.1;

/** Milliseconds without a taker after which one worker refills the stock: keys are costly, and responses come first. */
const QUIET_MS = 250;
/** Milliseconds without a taker after which all workers do. */
const IDLE_MS = 10_000;

/**
 * Key pairs generated ahead in worker threads of low priority. A pair is handed out once. Takers come before stock.
 * While some wait every worker is at work, also for those who come next; else the stock is refilled by one worker
 * when nobody has taken a pair for a moment, and by all of them when nobody has for longer.
 */
export class KeyPool {
  readonly #workers: readonly KeyWorker[];
  readonly #stockSize: number;
  readonly #maxWaiting: number;
  readonly #seconds = new Map<KeyBits, number>();
  #bits: KeyBits;
  #ready: ReadyPair[] = [];
  #store: PairStore | undefined;
  /** Changes that the store has not confirmed yet. */
  readonly #storing = new Set<Promise<unknown>>();
  #waiting: Taker[] = [];
  #wanted = false;
  #expected = 0;
  #quiet: NodeJS.Timeout | undefined;
  #takenAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor({ bits, stock = STOCK, workers, maxWaiting = MAX_WAITING }: KeyPoolOptions) {
    this.#bits = bits;
    this.#stockSize = stock;
    this.#maxWaiting = maxWaiting;
    const count = Math.max(1, workers ?? Math.min(MAX_WORKERS, availableParallelism()));
    this.#workers = Array.from({ length: count }, () => new KeyWorker());
    // The backend's start comes first.
    this.#waitForQuiet();
  }

  /** Pairs ready to be taken at once. */
  get ready(): number {
    return this.#ready.length;
  }

  /** Takers that wait for a pair. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Pairs that are kept ready: one for each taker who is expected, within limits. */
  get target(): number {
    if (this.#stockSize === 0) {
      return 0;
    }
    return Math.min(MAX_STOCK, this.#wanted ? Math.max(this.#stockSize, this.#expected) : this.#expected);
  }

  /**
   * Keeps pairs of this size ready from now on; those of another one are dropped.
   *
   * @param expected takers who will come some day
   */
  prefer(bits: KeyBits, expected = 0): void {
    this.#expected = expected;
    this.#wanted = true;
    this.resize(bits);
  }

  /** Keeps pairs of this size ready instead, as many as before. */
  resize(bits: KeyBits): void {
    if (bits !== this.#bits) {
      this.#drop(this.#ready);
      this.#ready = [];
      this.#bits = bits;
    }
    this.#assign();
  }

  /**
   * Keeps pairs in a store from now on.
   *
   * @param found pairs that it has kept from before
   */
  keepIn(store: PairStore, found: readonly StoredPair[]): void {
    this.#store = store;
    const before = found.map(({ pair, release }) => ({ pair, stored: Promise.resolve(release) }));
    const fitting = before.filter(({ pair }) => pair.bits === this.#bits).slice(0, MAX_STOCK);
    this.#drop(before.filter((one) => !fitting.includes(one)));
    this.#ready = [
      ...fitting,
      ...this.#ready.map((one) => ({ ...one, stored: one.stored ?? this.#save(one.pair) })),
    ];
  }

  /** Prepares for more takers, one pair for each, also before pairs can be taken. */
  expect(takers = 1): void {
    this.#expected += takers;
    this.#assign();
  }

  /**
   * A pair nobody else has or will have: at once from stock, else as soon as one is made.
   *
   * @param signal gives the place in the queue up
   * @param rank number of the taker's pairs under way, this one included: first ones come before second ones
   * @throws PkiError `pool_busy` (with `retryAfter`) when too many wait, `pool_closed`; the signal's reason
   */
  async take(bits: KeyBits, signal?: AbortSignal, rank = 1): Promise<RsaKeyPair> {
    signal?.throwIfAborted();
    this.#requireOpen();
    this.#wanted = true;
    this.#expected = Math.max(0, this.#expected - 1);
    this.#takenAt = performance.now();
    this.#waitForQuiet();
    const pair = this.#ready.length === 0 ? undefined : await this.#takeReady(bits);
    if (pair !== undefined) {
      return pair;
    }
    signal?.throwIfAborted();
    this.#requireOpen();
    if (this.#waiting.length >= this.#maxWaiting) {
      throw new PkiError('pool_busy', { retryAfter: this.#secondsUntilServed() });
    }
    return this.#wait({ bits, rank, signal });
  }

  /** Refuses everybody who waits and ends the threads; resolves when none is left. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#quiet);
    const ready = this.#ready;
    this.#ready = [];
    for (const one of ready) {
      this.#storeAgain(one);
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const taker of waiting) {
      taker.reject(new PkiError('pool_closed'));
    }
    await Promise.all([...this.#workers.map((worker) => worker.close()), ...this.#storing]);
  }

  /** A pair counts as taken once it is given up in the store: it must not come again after a crash. */
  async #takeReady(bits: KeyBits): Promise<RsaKeyPair | undefined> {
    while (bits === this.#bits) {
      const next = this.#ready.shift();
      if (next === undefined) {
        return undefined;
      }
      const released = this.#release(next);
      for (const one of this.#ready.slice(0, AT_HAND)) {
        void this.#release(one);
      }
      if (await released) {
        return next.pair;
      }
    }
    return undefined;
  }

  /** Gives a pair up in the store, once; false where somebody else has it, or it might come back. */
  #release(one: ReadyPair): Promise<boolean> {
    one.released ??= (one.stored ?? Promise.resolve(undefined))
      .then(async (release) => {
        await release?.();
        return true;
      })
      .catch(() => false);
    return one.released;
  }

  /** Keeps a pair that was given up, and that nobody took, for the next start after all. */
  #storeAgain({ pair, released }: ReadyPair): void {
    if (released !== undefined) {
      this.#awaitAtClose(released.then((isOurs) => (isOurs ? this.#save(pair) : undefined)));
    }
  }

  /** A pair that cannot be stored is as good for this run. */
  #save(pair: RsaKeyPair): Promise<Release | undefined> | undefined {
    const saved = this.#store?.save(pair).catch(() => undefined);
    if (saved !== undefined) {
      this.#awaitAtClose(saved);
    }
    return saved;
  }

  #drop(pairs: readonly ReadyPair[]): void {
    for (const { stored } of pairs) {
      if (stored !== undefined) {
        this.#awaitAtClose(stored.then((release) => release?.()).catch(() => undefined));
      }
    }
  }

  #awaitAtClose(work: Promise<unknown>): void {
    this.#storing.add(work);
    void work.finally(() => this.#storing.delete(work));
  }

  #requireOpen(): void {
    if (this.#closed) {
      throw new PkiError('pool_closed');
    }
  }

  #waitForQuiet(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.#quiet = undefined;
      this.#assign();
    }, QUIET_MS).unref();
  }

  #wait({ bits, rank, signal }: Waiting): Promise<RsaKeyPair> {
    const { promise, resolve, reject } = withResolvers<RsaKeyPair>();
    const taker = { bits, rank, resolve, reject };
    const later = this.#waiting.findIndex((other) => other.rank > rank);
    this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, taker);
    const giveUp = (): void => {
      this.#waiting = this.#waiting.filter((other) => other !== taker);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#assign();
    return promise.finally(() => {
      signal?.removeEventListener('abort', giveUp);
    });
  }

  /** Gives free workers what is wanted most: first what takers wait for, then one pair at a time for stock. */
  #assign(): void {
    if (this.#closed) {
      return;
    }
    for (const worker of this.#workers) {
      if (worker.busy) {
        continue;
      }
      const bits = this.#nextBits();
      if (bits === undefined) {
        return;
      }
      void this.#make(worker, bits);
    }
  }

  #nextBits(): KeyBits | undefined {
    const underWay = this.#workers.flatMap((worker) => (worker.busy === undefined ? [] : [worker.busy]));
    for (const taker of this.#waiting) {
      const made = underWay.indexOf(taker.bits);
      if (made < 0) {
        return taker.bits;
      }
      underWay.splice(made, 1);
    }
    if (this.#ready.length + underWay.length >= this.target) {
      return undefined;
    }
    if (this.#waiting.length > 0) {
      return this.#bits;
    }
    const mayRefill = this.#quiet === undefined && (underWay.length === 0 || this.#isIdle());
    return mayRefill ? this.#bits : undefined;
  }

  #isIdle(): boolean {
    return performance.now() - this.#takenAt > IDLE_MS;
  }

  async #make(worker: KeyWorker, bits: KeyBits): Promise<void> {
    const began = performance.now();
    try {
      const pair = await worker.make(bits);
      this.#learn(bits, (performance.now() - began) / 1000);
      this.#hand(pair);
    } catch (error) {
      const [taker] = this.#takeWaiting(bits);
      taker?.reject(error);
      if (this.#waiting.length === 0) {
        return;
      }
    }
    this.#assign();
  }

  #hand(pair: RsaKeyPair): void {
    const [taker] = this.#takeWaiting(pair.bits);
    if (taker) {
      taker.resolve(pair);
    } else if (pair.bits === this.#bits && this.#ready.length < this.target && !this.#closed) {
      this.#ready.push({ pair, stored: this.#save(pair) });
    }
  }

  #takeWaiting(bits: KeyBits): Taker[] {
    const position = this.#waiting.findIndex((taker) => taker.bits === bits);
    return position < 0 ? [] : this.#waiting.splice(position, 1);
  }

  #learn(bits: KeyBits, seconds: number): void {
    const before = this.#seconds.get(bits) ?? seconds;
    this.#seconds.set(bits, before + NEW_WEIGHT * (seconds - before));
  }

  #secondsUntilServed(): number {
    const work = this.#waiting.reduce(
      (sum, { bits }) => sum + (this.#seconds.get(bits) ?? FIRST_GUESS[bits]),
      0,
    );
    return Math.max(1, Math.ceil(work / this.#workers.length));
  }
}

const withResolvers = <T>() => {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};
