import { ApiError } from '../../contract/errors.ts';

const FAILURES = 5;
const WINDOW_MS = 15 * 60 * 1000;
const MAX_ENTRIES = 50_000;

interface Entry {
  readonly since: number;
  readonly attempts: number;
}

const networkOf = (address: string): string =>
  address.includes(':') && !address.startsWith('::ffff:')
    ? address.split(':').slice(0, 4).join(':')
    : address;

/**
 * Limits failed attempts per account and address (IPv6: its /64): five in 15 minutes. An attempt counts before
 * it is checked, so that parallel guesses count too; other addresses are never locked out.
 */
export class LoginThrottle {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /**
   * Counts an attempt.
   *
   * @returns what to call when the attempt turned out right (forgets the failures) or was not checked at all
   * @throws ApiError `too_many_requests`, with the seconds left
   */
  begin(
    account: string,
    address: string,
  ): { readonly succeeded: () => void; readonly unchecked: () => void } {
    const key = `${account.toLowerCase()} ${networkOf(address)}`;
    const now = this.#now().getTime();
    const known = this.#entries.get(key);
    const entry = known !== undefined && now - known.since < WINDOW_MS ? known : { since: now, attempts: 0 };
    if (entry.attempts >= FAILURES) {
      const left = Math.ceil((entry.since + WINDOW_MS - now) / 1000);
      throw new ApiError('too_many_requests', `Too many failed attempts. Try again in ${left} seconds.`, {
        retryAfter: left,
      });
    }
    this.#set(key, { since: entry.since, attempts: entry.attempts + 1 });
    return {
      succeeded: () => {
        this.#entries.delete(key);
      },
      unchecked: () => {
        const current = this.#entries.get(key);
        if (current !== undefined)
          this.#set(key, { ...current, attempts: Math.max(0, current.attempts - 1) });
      },
    };
  }

  #set(key: string, entry: Entry): void {
    if (!this.#entries.has(key) && this.#entries.size >= MAX_ENTRIES) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(key, entry);
  }
}
