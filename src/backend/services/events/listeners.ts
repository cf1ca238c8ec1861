import { ApiError } from '../../../contract/errors.ts';

const MAX_OF_ONE = 8;
const MAX_IN_TOTAL = 1000;
const RETRY_SECONDS = 30;

/** Counts open event streams, of each account and in total. */
export class Listeners {
  readonly #open = new Map<number, number>();
  #total = 0;

  /**
   * Takes a place; the returned function gives it back.
   *
   * @throws ApiError `too_many_requests`
   */
  enter(account: number): () => void {
    const own = this.#open.get(account) ?? 0;
    if (own >= MAX_OF_ONE || this.#total >= MAX_IN_TOTAL) {
      throw new ApiError('too_many_requests', 'Too many event streams are open.', {
        retryAfter: RETRY_SECONDS,
      });
    }
    this.#open.set(account, own + 1);
    this.#total += 1;
    return () => {
      const left = (this.#open.get(account) ?? 1) - 1;
      if (left > 0) {
        this.#open.set(account, left);
      } else {
        this.#open.delete(account);
      }
      this.#total -= 1;
    };
  }
}
