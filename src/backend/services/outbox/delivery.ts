import type { DeliveryErrorCode, DeliveryOutcome } from '../../../contract/delivery.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Database, Trx } from '../../store/database.ts';
import { changeOutbox, deleteOutbox, dueOutbox, hastenOutbox } from '../../store/outbox.ts';
import type { OutboxRow } from '../../store/schema.ts';
import { fromTimestamp, toTimestamp } from '../../store/timestamp.ts';

/** Describes what messages are delivered with. */
export type Deliverer = Pick<
  ServiceContext,
  'rootCa' | 'config' | 'now' | 'tokenKey' | 'log' | 'mailer' | 'webhookRule'
> & {
  readonly db: Database;
};

/** A way on which messages leave. */
export interface DeliveryChannel {
  /** As the outbox names it. */
  readonly name: string;
  /**
   * Writes a message.
   *
   * @returns sends it; undefined where there is nothing left to send
   */
  readonly compose: (trx: Trx, row: OutboxRow) => Promise<(() => Promise<DeliveryOutcome>) | undefined>;
}

const MINUTE_MS = 60_000;
/** Wait after the first attempt, the second and so on; the last one repeats. */
const RETRY_MINUTES = [1, 5, 15, 60, 120, 240] as const;
/** Longer than any attempt: a backend that dies during one leaves the message to the others. */
const LEASE_MS = 10 * MINUTE_MS;
const BATCH = 20;

/** Errors of the way to the server rather than of one message. */
const CONNECTION: readonly DeliveryErrorCode[] = [
  'unreachable',
  'certificate',
  'too_slow',
  'no_tls',
  'authentication',
];

/** Returns the columns of a message after an attempt. */
export const settled = (
  row: Pick<OutboxRow, 'attempts' | 'expires_at'>,
  { state, error, detail }: DeliveryOutcome,
  now: Date,
): Pick<OutboxRow, 'state' | 'error' | 'error_detail' | 'settled_at' | 'next_at'> => {
  const wait = RETRY_MINUTES[Math.min(row.attempts, RETRY_MINUTES.length) - 1] ?? RETRY_MINUTES[0];
  const next = new Date(now.getTime() + wait * MINUTE_MS);
  const isOver = state === 'waiting' && next >= fromTimestamp(row.expires_at);
  return {
    state: isOver ? 'failed' : state,
    error,
    error_detail: state === 'sent' ? '' : detail,
    settled_at: state === 'waiting' && !isOver ? '' : toTimestamp(now),
    next_at: toTimestamp(next),
  };
};

type Claimed =
  | { readonly row: OutboxRow; readonly send: () => Promise<DeliveryOutcome> }
  | { readonly row: OutboxRow; readonly outcome: DeliveryOutcome };

/**
 * Takes a message for this backend alone and writes it.
 *
 * @returns undefined where another backend has it, or there is nothing left to send
 */
const claim = async (
  context: Deliverer,
  channel: DeliveryChannel,
  row: OutboxRow,
): Promise<Claimed | undefined> =>
  context.db.write(async (trx) => {
    const now = context.now();
    const lease = {
      attempts: row.attempts + 1,
      next_at: toTimestamp(new Date(now.getTime() + LEASE_MS)),
    };
    const mine = { ...row, ...lease };
    if (!(await changeOutbox(trx, row, lease))) {
      return undefined;
    }
    if (fromTimestamp(row.expires_at) <= now) {
      return { row: mine, outcome: { state: 'failed', error: 'expired', detail: row.error_detail } };
    }
    const send = await channel.compose(trx, row);
    if (send === undefined) {
      await deleteOutbox(trx, row.id);
      return undefined;
    }
    return { row: mine, send };
  });

const store = async (context: Deliverer, row: OutboxRow, outcome: DeliveryOutcome): Promise<void> => {
  const now = context.now();
  await context.db.write(async (trx) => {
    await changeOutbox(trx, row, settled(row, outcome, now));
    if (outcome.state === 'sent') {
      await hastenOutbox(trx, row.channel, CONNECTION, toTimestamp(now));
    }
  });
};

const internal = (error: unknown): DeliveryOutcome => ({
  state: 'waiting',
  error: 'internal',
  detail: error instanceof Error ? error.name : 'unknown',
});

/** @returns undefined where there was nothing to do */
const deliver = async (
  context: Deliverer,
  channel: DeliveryChannel,
  row: OutboxRow,
): Promise<DeliveryOutcome | undefined> => {
  let claimed: Claimed | undefined;
  try {
    claimed = await claim(context, channel, row);
  } catch (error) {
    // The claim was undone with it: the row is still as it was read.
    context.log.warn({ err: error, message: row.id, event: row.event }, 'a message could not be written');
    const outcome = internal(error);
    const next = {
      attempts: row.attempts + 1,
      ...settled({ ...row, attempts: row.attempts + 1 }, outcome, context.now()),
    };
    await context.db.write((trx) => changeOutbox(trx, row, next));
    return outcome;
  }
  if (claimed === undefined) {
    return undefined;
  }
  const outcome = 'send' in claimed ? await claimed.send() : claimed.outcome;
  await store(context, claimed.row, outcome);
  if (outcome.state !== 'sent') {
    const { id, event, attempts } = claimed.row;
    const fields = { message: id, event, attempts, error: outcome.error, detail: outcome.detail };
    context.log.warn(fields, 'a message was not delivered');
  }
  return outcome;
};

const isConnectionError = (outcome: DeliveryOutcome | undefined): boolean =>
  CONNECTION.some((code) => code === outcome?.error);

/**
 * Sends what is due on a channel, one after the other. A server that cannot be reached ends the round.
 *
 * @param signal ends it after the message under way
 */
export const deliverDue = async (
  context: Deliverer,
  channel: DeliveryChannel,
  signal: AbortSignal,
): Promise<void> => {
  for (const row of await dueOutbox(context.db.reader, channel.name, toTimestamp(context.now()), BATCH)) {
    if (signal.aborted || isConnectionError(await deliver(context, channel, row))) {
      return;
    }
  }
};
