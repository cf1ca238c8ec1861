import type { Reader, Trx } from './database.ts';
import type { OutboxRow } from './schema.ts';

export const MAIL_CHANNEL = 'mail';
export type OutboxState = 'waiting' | 'sent' | 'failed';

/** @returns false where a row with the same `once` exists already */
export const insertOutbox = async (trx: Trx, row: OutboxRow): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('outbox')
    .values(row)
    .onConflict((conflict) => conflict.column('once').doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
};

export const outboxById = (db: Reader | Trx, id: string): Promise<OutboxRow | undefined> =>
  db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();

/** The newest message of an event to a recipient. */
export const latestOutbox = (
  db: Reader | Trx,
  event: string,
  recipient: string,
): Promise<OutboxRow | undefined> =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('channel', '=', MAIL_CHANNEL)
    .where('event', '=', event)
    .where('recipient', '=', recipient)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Messages of a channel whose time has come, the oldest first. @param at stored time */
export const dueOutbox = (db: Reader, channel: string, at: string, limit: number): Promise<OutboxRow[]> =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('channel', '=', channel)
    .where('state', '=', 'waiting')
    .where('next_at', '<=', at)
    .orderBy('next_at')
    .limit(limit)
    .execute();

/**
 * Changes a message that nobody has changed since it was read: of several backends that want to send it, one does.
 *
 * @returns false where somebody was faster
 */
export const changeOutbox = async (
  trx: Trx,
  row: Pick<OutboxRow, 'id' | 'state' | 'attempts' | 'next_at' | 'payload'>,
  change: Partial<Omit<OutboxRow, 'id'>>,
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('outbox')
    .set(change)
    .where('id', '=', row.id)
    .where('state', '=', row.state)
    .where('attempts', '=', row.attempts)
    .where('next_at', '=', row.next_at)
    .where('payload', '=', row.payload)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};

/** Lets every message of a channel that waits after one of these errors be tried at once. */
export const hastenOutbox = async (
  trx: Trx,
  channel: string,
  errors: readonly string[],
  at: string,
): Promise<void> => {
  await trx
    .updateTable('outbox')
    .set({ next_at: at })
    .where('channel', '=', channel)
    .where('state', '=', 'waiting')
    .where('error', 'in', errors)
    .where('next_at', '>', at)
    .execute();
};

export const deleteOutbox = async (trx: Trx, id: string): Promise<void> => {
  await trx.deleteFrom('outbox').where('id', '=', id).execute();
};

/** Forgets what was settled before. @param at stored time */
export const deleteSettledOutbox = async (trx: Trx, at: string): Promise<void> => {
  await trx.deleteFrom('outbox').where('state', '!=', 'waiting').where('settled_at', '<', at).execute();
};

/** Describes what the list of messages is narrowed to. */
export interface OutboxFilter {
  readonly channel: string;
  readonly state?: OutboxState | undefined;
}

const narrowed = (db: Reader | Trx, { channel, state }: OutboxFilter) => {
  const all = db.selectFrom('outbox').where('channel', '=', channel);
  return state === undefined ? all : all.where('state', '=', state);
};

/** Lists messages, the newest first. */
export const listOutbox = (
  db: Reader | Trx,
  filter: OutboxFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<OutboxRow[]> =>
  narrowed(db, filter)
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();

export const countOutbox = async (db: Reader | Trx, filter: OutboxFilter): Promise<number> => {
  const { total } = await narrowed(db, filter)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};
