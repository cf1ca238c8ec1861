import { ApiError } from '../../contract/errors.ts';
import { addressNetwork } from './address-network.ts';
import { Budget, type BudgetLimits } from './budget.ts';

const WINDOW_MS = 15 * 60 * 1000;
const KNOWN_MS = 30 * 24 * 60 * 60 * 1000;
const MAX_KNOWN = 10_000;
const TIMEOUT_MS = 10_000;
const MAX_WAITING = 1000;
const MAX_WAITING_OF_HOST = 250;

const gradually = (amount: number): BudgetLimits => ({ amount, windowMs: WINDOW_MS, gradual: true });

/** A secret that is about to be checked. */
export interface Guess {
  /** Each kind has budgets of its own. */
  readonly kind: 'login' | 'second_factor' | 'unseal' | 'passphrase';
  /** E-mail address of the account whose secret it is. */
  readonly account: string;
  /** IP address of the requester. */
  readonly address: string;
  /** Id of a browser that has proved earlier that it belongs to the account. */
  readonly browser?: string | undefined;
}

/**
 * Limits wrong guesses: five in 15 minutes per account and address (IPv6: its /64). Slower after 20 per account and
 * network, 50 per account (guesses from many addresses), 50 per address and 200 per network (guesses over many
 * accounts). Whoever got an account's secret right from an address or in a browser has a budget that no one else uses.
 */
export class LoginThrottle {
  readonly #now: () => Date;
  readonly #own = new Budget({ amount: 5, windowMs: WINDOW_MS, gradual: false });
  readonly #accountInNetwork = new Budget(gradually(20));
  readonly #account = new Budget(gradually(50));
  readonly #host = new Budget(gradually(50));
  readonly #network = new Budget(gradually(200));
  readonly #known = new Map<string, number>();
  readonly #waiting = new Map<string, number>();
  #allWaiting = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** True where the account's secret was right from this address or in this browser lately. */
  isKnown(guess: Guess): boolean {
    const since = this.#known.get(this.#ownKey(guess));
    return guess.browser !== undefined || (since !== undefined && this.#time() - since < KNOWN_MS);
  }

  /**
   * Checks a guess within the limits; waits while other guesses under way use up the room.
   *
   * @param check gives undefined for a wrong guess; one that throws counts as unchecked
   * @throws ApiError `too_many_requests` with the seconds left, `unavailable` after waiting too long; what `check`
   *   throws
   */
  async limit<T>(guess: Guess, check: () => Promise<T | undefined>): Promise<T | undefined> {
    const budgets = this.#budgetsOf(guess);
    const end = await this.#begin(budgets, addressNetwork(guess.address).host);
    try {
      const result = await check();
      if (result === undefined) {
        for (const [budget, key] of budgets) {
          budget.spend(key, this.#time());
        }
      } else {
        this.#remember(guess);
      }
      return result;
    } finally {
      end();
    }
  }

  #time(): number {
    return this.#now().getTime();
  }

  #ownKey({ kind, account, address, browser }: Guess): string {
    const place = browser === undefined ? addressNetwork(address).host : `browser ${browser}`;
    return `${kind} ${account.toLowerCase()} ${place}`;
  }

  #budgetsOf(guess: Guess): readonly (readonly [Budget, string])[] {
    const own = [this.#own, this.#ownKey(guess)] as const;
    if (this.isKnown(guess)) {
      return [own];
    }
    const { host, network } = addressNetwork(guess.address);
    const account = `${guess.kind} ${guess.account.toLowerCase()}`;
    return [
      own,
      [this.#accountInNetwork, `${account} ${network}`],
      [this.#account, account],
      [this.#host, `${guess.kind} ${host}`],
      [this.#network, `${guess.kind} ${network}`],
    ];
  }

  /** Waits for room and takes it at once. @returns what gives it back */
  async #begin(budgets: readonly (readonly [Budget, string])[], host: string): Promise<() => void> {
    const deadline = performance.now() + TIMEOUT_MS;
    for (;;) {
      const now = this.#time();
      const waitMs = Math.max(...budgets.map(([budget, key]) => budget.waitMs(key, now)));
      if (waitMs > 0) {
        const left = Math.ceil(waitMs / 1000);
        const message = `Too many failed attempts. Try again in ${left} seconds.`;
        throw new ApiError('too_many_requests', message, { retryAfter: left });
      }
      const blocked = budgets.map(([budget, key]) => budget.blockedBy(key, now));
      const first = blocked.find((ended) => ended !== undefined);
      if (first === undefined) {
        let end = (): void => undefined;
        const ended = new Promise<void>((resolve) => {
          end = resolve;
        });
        for (const [budget, key] of budgets) {
          budget.start(key, ended);
        }
        return end;
      }
      if (performance.now() > deadline) {
        throw this.#busy();
      }
      await this.#wait(first, host);
    }
  }

  async #wait(ended: Promise<unknown>, host: string): Promise<void> {
    const ofHost = this.#waiting.get(host) ?? 0;
    if (ofHost >= MAX_WAITING_OF_HOST || this.#allWaiting >= MAX_WAITING) {
      throw this.#busy();
    }
    this.#waiting.set(host, ofHost + 1);
    this.#allWaiting += 1;
    await ended;
    this.#allWaiting -= 1;
    const left = (this.#waiting.get(host) ?? 1) - 1;
    if (left === 0) {
      this.#waiting.delete(host);
    } else {
      this.#waiting.set(host, left);
    }
  }

  #busy(): ApiError {
    return new ApiError('unavailable', 'Too many attempts at once. Try again in a moment.', {
      retryAfter: 2,
    });
  }

  #remember(guess: Guess): void {
    const key = this.#ownKey(guess);
    this.#own.forget(key);
    this.#known.delete(key);
    this.#known.set(key, this.#time());
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) {
      this.#known.delete(oldest);
    }
  }
}
