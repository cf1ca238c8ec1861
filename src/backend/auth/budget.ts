/** Describes how much a key may use up: failures, or requests that cost. */
export interface BudgetLimits {
  readonly amount: number;
  readonly windowMs: number;
  /** True: one is given back every `windowMs / amount`; false: all of them together after `windowMs`. */
  readonly gradual: boolean;
}

interface Entry {
  readonly since: number;
  readonly used: number;
}

const MAX_ENTRIES = 50_000;

/**
 * Counts by key what has been used up. What is under way takes room as well, so that doing it in parallel gains
 * nothing.
 */
export class Budget {
  readonly #limits: BudgetLimits;
  readonly #entries = new Map<string, Entry>();
  readonly #running = new Map<string, Set<Promise<unknown>>>();

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
  }

  /** Milliseconds until the key may be used once more; 0 for now. */
  waitMs(key: string, now: number): number {
    const { amount, windowMs, gradual } = this.#limits;
    const used = this.#used(key, now);
    if (used <= amount - 1) {
      return 0;
    }
    const since = this.#entries.get(key)?.since ?? now;
    return gradual ? ((used - amount + 1) * windowMs) / amount : since + windowMs - now;
  }

  /** Returns what must end before the key has room again; undefined when nothing needs to. */
  blockedBy(key: string, now: number): Promise<unknown> | undefined {
    const running = this.#running.get(key);
    if (running === undefined || this.#used(key, now) + running.size <= this.#limits.amount - 1) {
      return undefined;
    }
    return Promise.race(running);
  }

  /** Lets an attempt take room until `ended`, which never rejects. */
  start(key: string, ended: Promise<unknown>): void {
    const running = this.#running.get(key) ?? new Set();
    this.#running.set(key, running.add(ended));
    void ended.then(() => {
      running.delete(ended);
      if (running.size === 0) {
        this.#running.delete(key);
      }
    });
  }

  spend(key: string, now: number): void {
    const used = this.#used(key, now) + 1;
    const since = this.#limits.gradual || used === 1 ? now : (this.#entries.get(key)?.since ?? now);
    this.#entries.delete(key);
    this.#makeRoom(now);
    this.#entries.set(key, { since, used });
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  #used(key: string, now: number): number {
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      return 0;
    }
    const { amount, windowMs, gradual } = this.#limits;
    const age = now - entry.since;
    if (!gradual) {
      return age >= windowMs ? 0 : entry.used;
    }
    return Math.max(0, entry.used - (age * amount) / windowMs);
  }

  /** Drops entries without effect first, then those with the least used: never the one a flood would unlock. */
  #makeRoom(now: number): void {
    if (this.#entries.size < MAX_ENTRIES) {
      return;
    }
    let weakest: string | undefined;
    let least = Infinity;
    for (const key of this.#entries.keys()) {
      const used = this.#used(key, now);
      if (used <= 0) {
        this.#entries.delete(key);
      } else if (used < least) {
        [weakest, least] = [key, used];
      }
      if (used > 0 && used <= 1) {
        break;
      }
    }
    if (this.#entries.size >= MAX_ENTRIES && weakest !== undefined) {
      this.#entries.delete(weakest);
    }
  }
}
