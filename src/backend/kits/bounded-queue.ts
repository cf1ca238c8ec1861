import { ApiError } from '../../contract/errors.ts';

/** How much costly work is done and may wait. */
export interface QueueLimits {
  /** Tasks that run at once. */
  readonly running: number;
  /** Tasks that may wait for their turn. */
  readonly waiting: number;
  /** Milliseconds that a task may wait for its turn; it is turned away then. */
  readonly timeoutMs: number;
  /** Seconds, told to who is turned away. */
  readonly retryAfter: number;
  /** Sentence for who is turned away. */
  readonly busy?: string;
}

interface Waiting {
  readonly start: () => void;
}

/** Runs costly tasks a few at a time, first come first served, and turns away what would wait too long. */
export class BoundedQueue {
  readonly #limits: QueueLimits;
  readonly #waiting: Waiting[] = [];
  #running = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Tasks under way. */
  get running(): number {
    return this.#running;
  }

  /** Tasks that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Runs `task` when its turn comes.
   *
   * @param signal takes a task that has not begun out of the queue
   * @throws ApiError `unavailable` with `Retry-After` when too many wait, or it has waited too long; the signal's
   *   reason; what the task throws
   */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#turn(signal);
    try {
      return await task();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.start();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#running < this.#limits.running) {
      this.#running += 1;
      return Promise.resolve();
    }
    if (this.#waiting.length >= this.#limits.waiting) throw this.#busy();
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', leave);
      };
      const giveUp = (reason: Error) => {
        settle();
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(reason);
      };
      const leave = () => {
        giveUp(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const timer = setTimeout(() => {
        giveUp(this.#busy());
      }, this.#limits.timeoutMs);
      const entry: Waiting = {
        start: () => {
          settle();
          this.#running += 1;
          resolve();
        },
      };
      this.#waiting.push(entry);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  #busy(): ApiError {
    const { busy = 'Too many startup kits are being made. Try again in a moment.', retryAfter } =
      this.#limits;
    return new ApiError('unavailable', busy, { retryAfter });
  }
}
