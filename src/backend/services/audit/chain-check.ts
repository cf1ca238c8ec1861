import type { AuditKey } from '../../store/audit.ts';
import { storedAuditKey } from '../../store/audit-key.ts';
import type { Database } from '../../store/database.ts';
import { beginningOf, walkChain, type ChainPoint } from './walk-chain.ts';

/** Where the database cannot tell that others wrote it, a whole walk is at most this old, or takes 5 % of the time. */
const MIN_AGE_MS = 60_000;
const AGE_BY_DURATION = 20;

/**
 * Says whether the audit log is intact. Only rows since the last check are walked, unless others than this backend may
 * have written the database since.
 */
export class ChainCheck {
  readonly #db: Database;
  readonly #key: AuditKey;
  #proven: ChainPoint | undefined;
  #foreign = '';
  #wholeAt = -Infinity;
  #wholeTook = 0;
  #running: Promise<boolean> | undefined;

  constructor(db: Database, key: AuditKey) {
    this.#db = db;
    this.#key = key;
  }

  /** Checks that begin while one runs share its result. */
  isIntact(): Promise<boolean> {
    this.#running ??= this.#check().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #check(): Promise<boolean> {
    const { reader, foreignVersion } = this.#db;
    const began = performance.now();
    const foreign = foreignVersion?.() ?? '';
    const isOld = foreignVersion === undefined && began - this.#wholeAt > this.#maxAge();
    const isWhole = this.#proven === undefined || foreign !== this.#foreign || isOld;
    const from = isWhole || this.#proven === undefined ? beginningOf(this.#key) : this.#proven;
    const stored = await storedAuditKey(reader);
    const hasMoved = stored.keyed_after !== this.#key.after || stored.key_id !== this.#key.id;
    const isCut = this.#proven !== undefined && stored.last_id < this.#proven.id;
    const walk = await walkChain(reader, this.#key, from);
    const intact = walk.intact && !hasMoved && !isCut;
    this.#proven = intact ? walk.proven : isCut ? this.#proven : undefined;
    this.#foreign = foreign;
    if (isWhole) {
      this.#wholeAt = performance.now();
      this.#wholeTook = this.#wholeAt - began;
    }
    return intact;
  }

  #maxAge(): number {
    return Math.max(MIN_AGE_MS, AGE_BY_DURATION * this.#wholeTook);
  }
}
