import { ANONYMOUS, HOST } from '../../contract/audit-actors.ts';
import { writeAudit, type AuditEntry, type AuditKey } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { addressNetwork } from './address-network.ts';
import { Budget } from './budget.ts';
import type { Requester } from './principal.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Interval at which omitted attempts are summed up in one row. */
const SUMMARY_MS = 60 * 1000;
const OF_ADDRESS = 30;
const OF_STRANGERS = 300;
const OF_ACCOUNT = 60;
const EVERYBODY = 'everybody';
/** Addresses that a summary tells apart, and those it names. */
const MAX_ADDRESSES = 1000;
const NAMED = 10;

interface AttemptLog {
  readonly warn: (fields: object, message: string) => void;
}

/** A refused request, or a read that is recorded although it changes nothing. */
export interface Attempt {
  readonly action: string;
  readonly target: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Records refused requests and reads in the audit log, within bounds that nobody can exceed: 60 rows an hour of an
 * account; of strangers 30 an hour from an address (IPv6: its /64) and 300 in total. What is omitted is counted, and
 * one row a minute at most says how many and from where.
 */
export class Attempts {
  readonly #db: Database;
  readonly #key: AuditKey;
  readonly #now: () => Date;
  readonly #log: AttemptLog;
  readonly #accounts = new Budget({ amount: OF_ACCOUNT, windowMs: HOUR_MS, gradual: true });
  readonly #addresses = new Budget({ amount: OF_ADDRESS, windowMs: HOUR_MS, gradual: true });
  readonly #strangers = new Budget({ amount: OF_STRANGERS, windowMs: HOUR_MS, gradual: true });
  readonly #omitted = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database, key: AuditKey, now: () => Date, log: AttemptLog) {
    this.#db = db;
    this.#key = key;
    this.#now = now;
    this.#log = log;
  }

  /** Resolves when the row is stored or omitted; a database that cannot be written is a warning in the log. */
  async note(requester: Requester, { action, target, detail = {} }: Attempt): Promise<void> {
    const { principal, address } = requester;
    const budgets: readonly (readonly [Budget, string])[] =
      principal === undefined
        ? [
            [this.#addresses, addressNetwork(address).host],
            [this.#strangers, EVERYBODY],
          ]
        : [[this.#accounts, String(principal.id)]];
    const now = this.#now().getTime();
    if (budgets.some(([budget, key]) => budget.waitMs(key, now) > 0)) {
      this.#omit(address);
      return;
    }
    for (const [budget, key] of budgets) {
      budget.spend(key, now);
    }
    const token = principal?.scopes === undefined ? {} : { access_token: principal.session };
    const stored = await this.#store({
      actor: principal?.email ?? ANONYMOUS,
      action,
      target,
      detail: { ...detail, ...token },
      address,
      request_id: requester.requestId,
    });
    if (!stored) {
      this.#omit(address);
    }
  }

  /** Records what was omitted since the last summary. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#summarize();
  }

  #omit(address: string): void {
    const key = this.#omitted.has(address) || this.#omitted.size < MAX_ADDRESSES ? address : '';
    this.#omitted.set(key, (this.#omitted.get(key) ?? 0) + 1);
    this.#timer ??= setTimeout(() => void this.#summarize(), SUMMARY_MS).unref();
  }

  async #summarize(): Promise<void> {
    this.#timer = undefined;
    if (this.#omitted.size === 0) {
      return;
    }
    const counts = [...this.#omitted].sort(([, one], [, other]) => other - one);
    this.#omitted.clear();
    await this.#store({
      actor: HOST,
      action: 'attempts.omit',
      target: 'audit',
      detail: {
        count: counts.reduce((sum, [, count]) => sum + count, 0),
        addresses: Object.fromEntries(counts.slice(0, NAMED)),
      },
      address: '',
      request_id: '',
    });
  }

  async #store(row: Omit<AuditEntry, 'at'>): Promise<boolean> {
    try {
      await this.#db.write((trx) => writeAudit(trx, this.#key, { ...row, at: this.#now() }));
      return true;
    } catch (error) {
      this.#log.warn({ err: error }, 'an attempt could not be recorded in the audit log');
      return false;
    }
  }
}
