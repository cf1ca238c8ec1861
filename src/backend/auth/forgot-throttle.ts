import { ApiError } from '../../contract/errors.ts';
import { addressNetwork } from './address-network.ts';
import { Budget } from './budget.ts';

const HOUR_MS = 60 * 60 * 1000;
const hourly = (amount: number): Budget => new Budget({ amount, windowMs: HOUR_MS, gradual: true });

/**
 * Limits requests for a new password, whether or not there is such an account: 5 an hour for one e-mail, 20 of one
 * address (IPv6: its /64), 100 of one network (/24, /48), 1000 in total.
 */
export class ForgotThrottle {
  readonly #now: () => Date;
  readonly #emails = hourly(5);
  readonly #hosts = hourly(20);
  readonly #networks = hourly(100);
  readonly #all = hourly(1000);

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Counts a request. @throws ApiError `too_many_requests`, with the seconds left */
  count(email: string, address: string): void {
    const now = this.#now().getTime();
    const { host, network } = addressNetwork(address);
    const budgets = [
      [this.#emails, email.toLowerCase()],
      [this.#hosts, host],
      [this.#networks, network],
      [this.#all, ''],
    ] as const;
    const waitMs = Math.max(...budgets.map(([budget, key]) => budget.waitMs(key, now)));
    if (waitMs > 0) {
      const left = Math.ceil(waitMs / 1000);
      const message = `Too many requests for a new password. Try again in ${left} seconds.`;
      throw new ApiError('too_many_requests', message, { retryAfter: left });
    }
    for (const [budget, key] of budgets) {
      budget.spend(key, now);
    }
  }
}
