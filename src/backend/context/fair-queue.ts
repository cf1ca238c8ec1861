import { ApiError } from '../../contract/errors.ts';

/** Bounds of a queue for costly work. */
export interface QueueLimits {
  /** Tasks that run at once. */
  readonly running: number;
  /** Tasks of one requester that run at once. */
  readonly runningShare: number;
  /** Tasks that may wait, those of known requesters included. */
  readonly waiting: number;
  /** Tasks of one requester that may wait; a network may have four times as many. */
  readonly share: number;
  /** Milliseconds that a task may wait for its turn. */
  readonly timeoutMs: number;
  /** Seconds, for `Retry-After`. */
  readonly retryAfter: number;
  /** Sentence for whoever is turned away. */
  readonly busy: string;
}

/** The requester that the task counts for. */
export interface QueueRequester {
  /** Account or address. */
  readonly requester: string;
  readonly network: string;
  /** Known requesters take turns with all others together; half of the waiting room is for them alone. */
  readonly known: boolean;
}

interface Waiting extends QueueRequester {
  readonly start: () => void;
}

const NETWORK_SHARES = 4;
const MAX_SERVED = 10_000;

/** Runs costly tasks a few at a time: known and unknown requesters, networks and requesters take turns. */
export class FairQueue {
  readonly #limits: QueueLimits;
  readonly #waiting = new Set<Waiting>();
  /** Turn in which each was served last; who is not here comes first. */
  readonly #served = new Map<string, number>();
  #turns = 0;
  #running = 0;
  readonly #runningOf = new Map<string, number>();

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Tasks under way. */
  get running(): number {
    return this.#running;
  }

  /** Tasks that wait for their turn. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Runs `task` when its turn comes.
   *
   * @param task gets the number of the requester's tasks under way, itself included
   * @param signal takes a task that has not begun out of the queue
   * @throws ApiError `unavailable` with `Retry-After` when too many wait, or it has waited too long; the signal's
   *   reason; what the task throws
   */
  async run<T>(
    requester: QueueRequester,
    task: (rank: number) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const rank = await this.#turn(requester, signal);
    try {
      return await task(rank);
    } finally {
      this.#running -= 1;
      const left = this.#under(requester) - 1;
      if (left === 0) {
        this.#runningOf.delete(requester.requester);
      } else {
        this.#runningOf.set(requester.requester, left);
      }
      this.#next()?.start();
    }
  }

  #under({ requester }: QueueRequester): number {
    return this.#runningOf.get(requester) ?? 0;
  }

  #mayRun(requester: QueueRequester): boolean {
    return this.#running < this.#limits.running && this.#under(requester) < this.#limits.runningShare;
  }

  #turn(requester: QueueRequester, signal: AbortSignal | undefined): Promise<number> {
    signal?.throwIfAborted();
    if (this.#mayRun(requester)) {
      return Promise.resolve(this.#serve(requester));
    }
    this.#requireRoom(requester);
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', leave);
        this.#waiting.delete(entry);
      };
      const giveUp = (reason: Error) => {
        settle();
        reject(reason);
      };
      const leave = () => {
        giveUp(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const timer = setTimeout(() => {
        giveUp(this.#busy());
      }, this.#limits.timeoutMs);
      const entry: Waiting = {
        ...requester,
        start: () => {
          settle();
          resolve(this.#serve(requester));
        },
      };
      this.#waiting.add(entry);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  #requireRoom({ requester, network, known }: QueueRequester): void {
    const { waiting, share } = this.#limits;
    const count = (is: (other: Waiting) => boolean): number => [...this.#waiting].filter(is).length;
    const full =
      this.#waiting.size >= waiting ||
      count((other) => other.requester === requester) >= share ||
      (!known && count((other) => !other.known && other.network === network) >= share * NETWORK_SHARES) ||
      (!known && count((other) => !other.known) >= waiting / 2);
    if (full) {
      throw this.#busy();
    }
  }

  #serve(requester: QueueRequester): number {
    this.#running += 1;
    const rank = this.#under(requester) + 1;
    this.#runningOf.set(requester.requester, rank);
    this.#turns += 1;
    if (this.#served.size > MAX_SERVED) {
      this.#served.clear();
    }
    for (const key of turnsOf(requester)) {
      this.#served.set(key, this.#turns);
    }
    return rank;
  }

  /** Whoever has waited longest since the last turn of the class, then the network, then the requester. */
  #next(): Waiting | undefined {
    let first: { readonly entry: Waiting; readonly rank: readonly number[] } | undefined;
    for (const entry of this.#waiting) {
      if (!this.#mayRun(entry)) {
        continue;
      }
      const rank = turnsOf(entry).map((key) => this.#served.get(key) ?? 0);
      if (first === undefined || isBefore(rank, first.rank)) {
        first = { entry, rank };
      }
    }
    return first?.entry;
  }

  #busy(): ApiError {
    const { busy, retryAfter } = this.#limits;
    return new ApiError('unavailable', busy, { retryAfter });
  }
}

const turnsOf = ({ requester, network, known }: QueueRequester): readonly string[] => {
  const group = known ? 'known' : 'unknown';
  return [group, `${group} ${network}`, `requester ${requester}`];
};

const isBefore = (rank: readonly number[], other: readonly number[]): boolean => {
  const differs = rank.findIndex((value, index) => value !== other[index]);
  return differs >= 0 && (rank[differs] ?? 0) < (other[differs] ?? 0);
};
