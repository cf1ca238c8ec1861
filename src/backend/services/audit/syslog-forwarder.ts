import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { SyslogTarget } from '../../context/config.ts';
import type { ServerLog } from '../../context/context.ts';
import { auditAfter, auditHead } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { SyslogConnection } from './syslog-connection.ts';
import { headMessage, rowMessage } from './syslog-message.ts';

const POLL_MS = 500;
/** Rows that are in memory at once. */
const STEP = 200;
const RETRY_MS = { first: 1000, most: 30_000 } as const;
/** Rows sent shortly before a connection was lost may not have arrived: they are sent again. */
const DOUBTFUL_MS = 10_000;
const LAST_ROWS_MS = 3000;
/** Interval in which a backend looks whether it is its turn. */
const TURN_MS = 2000;

/** Up to where rows have been sent, kept for the next start and shared by all backends of the project. */
export interface SyslogPosition {
  /** Takes the turn to send. @returns the last row that has arrived; undefined while another backend sends */
  readonly take: () => Promise<number | undefined>;
  /** Keeps the last row that has arrived, and the turn. @returns false where another backend sends by now */
  readonly keep: (id: number) => Promise<boolean>;
  /** Lets another backend send. */
  readonly end: () => Promise<void>;
}

/**
 * Sends every row of the audit log to a syslog receiver, and where the log ends, on each connection and at stop. The
 * log itself is the buffer: while the receiver is away nothing gathers in memory and no request waits for it, and it
 * gets the missing rows later.
 */
export class SyslogForwarder {
  readonly #db: Database;
  readonly #target: SyslogTarget;
  readonly #log: ServerLog;
  readonly #now: () => Date;
  readonly #position: SyslogPosition;
  readonly #stop = new AbortController();
  readonly #origin = { hostname: hostname(), pid: process.pid };
  #sent = 0;
  /** The last row that has certainly arrived. */
  #arrived = 0;
  /** Rows sent but perhaps not received, with the time, oldest first. */
  #doubtful: { readonly id: number; readonly at: number }[] = [];
  #connection: SyslogConnection | undefined;
  #running: Promise<void> | undefined;

  constructor(
    db: Database,
    target: SyslogTarget,
    options: { readonly log: ServerLog; readonly now: () => Date; readonly position: SyslogPosition },
  ) {
    this.#db = db;
    this.#target = target;
    this.#log = options.log;
    this.#now = options.now;
    this.#position = options.position;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Sends the last rows and the end of the log, where the receiver is there, and closes. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    const connection = this.#connection;
    const finish = async (): Promise<void> => {
      if (connection !== undefined) {
        await this.#sendRows(connection);
        await this.#sendHead(connection);
        await connection.end();
        this.#arrived = this.#sent;
      }
    };
    await Promise.race([finish().catch(() => undefined), pause(LAST_ROWS_MS)]);
    if (connection !== undefined) {
      await this.#keep();
      await this.#position.end().catch(() => undefined);
    }
  }

  async #run(): Promise<void> {
    let retryMs: number = RETRY_MS.first;
    let isLost = false;
    while (!this.#isStopped()) {
      try {
        if (!(await this.#takeTurn())) {
          await this.#wait(TURN_MS);
          continue;
        }
        this.#connection = await SyslogConnection.connect(this.#target, this.#stop.signal);
        if (isLost) {
          this.#log.info({ host: this.#target.host }, 'the syslog receiver is back');
        }
        isLost = false;
        retryMs = RETRY_MS.first;
        await this.#sendHead(this.#connection);
        await this.#follow(this.#connection);
        if (this.#isStopped()) {
          return;
        }
        await this.#connection.end();
        this.#connection = undefined;
      } catch (error) {
        void this.#connection?.end();
        this.#connection = undefined;
        this.#rewind();
        if (!isLost && !this.#isStopped()) {
          const advice = 'Check NVFL_SYSLOG_URL and the receiver; the rows are sent once it is back.';
          const { host } = this.#target;
          this.#log.warn(
            { err: error, code: 'syslog_lost', host, advice },
            'the audit log cannot be sent to the syslog receiver',
          );
        }
        isLost = true;
        await this.#wait(retryMs);
        retryMs = Math.min(retryMs * 2, RETRY_MS.most);
      }
    }
  }

  /** @returns whether it is this backend that sends */
  async #takeTurn(): Promise<boolean> {
    // A database that is down is told of elsewhere.
    const arrived = await this.#position.take().catch(() => undefined);
    if (arrived === undefined) {
      return false;
    }
    this.#arrived = Math.max(arrived, this.#arrived);
    this.#rewind();
    return true;
  }

  /** Sends rows as they come, until the connection is lost (then it throws), another backend sends, or all stops. */
  async #follow(connection: SyslogConnection): Promise<void> {
    while (!this.#isStopped() && (await this.#keep())) {
      await this.#sendRows(connection);
      await this.#wait(POLL_MS);
      if (connection.lost !== undefined) {
        throw connection.lost;
      }
    }
  }

  async #sendRows(connection: SyslogConnection): Promise<void> {
    for (;;) {
      const rows = await auditAfter(this.#db.reader, this.#sent, STEP);
      for (const row of rows) {
        await connection.write(rowMessage(this.#origin, row));
        this.#sent = row.id;
      }
      this.#settle();
      if (rows.length > 0) {
        this.#doubtful.push({ id: this.#sent, at: performance.now() });
      }
      if (rows.length < STEP) {
        return;
      }
    }
  }

  async #sendHead(connection: SyslogConnection): Promise<void> {
    const { last_id: sequence, hash } = await auditHead(this.#db.reader);
    await connection.write(headMessage(this.#origin, { sequence, hash }, this.#now()));
  }

  /** Goes back to the last row that has certainly arrived. */
  #rewind(): void {
    this.#settle();
    this.#doubtful = [];
    this.#sent = this.#arrived;
  }

  /** @returns false where another backend sends by now */
  async #keep(): Promise<boolean> {
    try {
      return await this.#position.keep(this.#arrived);
    } catch (error) {
      this.#log.warn({ err: error }, 'how far the audit log was sent could not be kept');
      return true;
    }
  }

  /** Counts rows as arrived that were sent long enough ago. */
  #settle(): void {
    const now = performance.now();
    this.#arrived = this.#doubtful.filter(({ at }) => now - at > DOUBTFUL_MS).at(-1)?.id ?? this.#arrived;
    this.#doubtful = this.#doubtful.filter(({ at }) => now - at <= DOUBTFUL_MS);
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async #wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
