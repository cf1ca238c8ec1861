import { sql, type Kysely } from 'kysely';
import type { Reader, Trx } from './database.ts';
import type { Schema } from './schema.ts';

/** Adds how far the audit log has been sent, and which backend sends it until when. */
export const addSyslogPosition = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table syslog_position (
    id INTEGER PRIMARY KEY,
    sent INTEGER NOT NULL,
    holder VARCHAR(128) NOT NULL,
    held_until VARCHAR(32) NOT NULL
  )`.execute(db);
};

/**
 * Stores the first position unless there is one.
 *
 * @param last row of the audit log: in a restored database, nothing after it has been sent
 */
export const beginSyslogPosition = async (trx: Trx, sent: number, last: number): Promise<void> => {
  await trx
    .insertInto('syslog_position')
    .values({ id: 1, sent, holder: '', held_until: '' })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await trx.updateTable('syslog_position').set({ sent: last }).where('sent', '>', last).execute();
};

/**
 * Takes the lease, or prolongs it.
 *
 * @returns false while another backend has it
 */
export const takeSyslogLease = async (
  trx: Trx,
  { holder, now, until }: { readonly holder: string; readonly now: string; readonly until: string },
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('syslog_position')
    .set({ holder, held_until: until })
    .where((row) => row.or([row('holder', '=', holder), row('held_until', '<', now)]))
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};

export const readSyslogPosition = async (db: Reader | Trx): Promise<number> => {
  const { sent } = await db.selectFrom('syslog_position').select('sent').executeTakeFirstOrThrow();
  return sent;
};

export const keepSyslogPosition = async (trx: Trx, sent: number): Promise<void> => {
  await trx.updateTable('syslog_position').set({ sent }).execute();
};

export const endSyslogLease = async (trx: Trx, holder: string): Promise<void> => {
  await trx.updateTable('syslog_position').set({ held_until: '' }).where('holder', '=', holder).execute();
};
