import { ApiError } from '../../contract/errors.ts';
import { addressNetwork } from './address-network.ts';
import { Budget } from './budget.ts';

const HOUR_MS = 60 * 60 * 1000;
const OF_ADDRESS = 60;
const OF_NETWORK = 200;

/** Limits sign-ups of strangers: 60 an hour of one address (IPv6: its /64), 200 of one network (/24, /48). */
export class SignUpThrottle {
  readonly #now: () => Date;
  readonly #hosts = new Budget({ amount: OF_ADDRESS, windowMs: HOUR_MS, gradual: true });
  readonly #networks = new Budget({ amount: OF_NETWORK, windowMs: HOUR_MS, gradual: true });

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Counts a sign-up. @throws ApiError `too_many_requests`, with the seconds left */
  count(address: string): void {
    const now = this.#now().getTime();
    const { host, network } = addressNetwork(address);
    const waitMs = Math.max(this.#hosts.waitMs(host, now), this.#networks.waitMs(network, now));
    if (waitMs > 0) {
      const left = Math.ceil(waitMs / 1000);
      const message = `Too many registrations from your network. Try again in ${left} seconds.`;
      throw new ApiError('too_many_requests', message, { retryAfter: left });
    }
    this.#hosts.spend(host, now);
    this.#networks.spend(network, now);
  }
}
