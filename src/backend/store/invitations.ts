import { sql } from 'kysely';
import type { Reader, Trx } from './database.ts';
import type { InvitationRow } from './schema.ts';

export const insertInvitation = async (trx: Trx, invitation: InvitationRow): Promise<void> => {
  await trx.insertInto('invitation').values(invitation).execute();
};

export const invitationById = (db: Reader | Trx, id: string): Promise<InvitationRow | undefined> =>
  db.selectFrom('invitation').selectAll().where('id', '=', id).executeTakeFirst();

export const updateInvitation = async (
  trx: Trx,
  id: string,
  change: Partial<Omit<InvitationRow, 'id'>>,
): Promise<void> => {
  await trx.updateTable('invitation').set(change).where('id', '=', id).execute();
};

/**
 * Uses an invitation up for one more person.
 *
 * @param row as it was read in this transaction
 * @returns false where somebody else used it meanwhile
 */
export const spendInvitation = async (
  trx: Trx,
  row: InvitationRow,
  acceptedBy: readonly string[],
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('invitation')
    .set({ uses_left: row.uses_left - 1, accepted_by: JSON.stringify(acceptedBy) })
    .where('id', '=', row.id)
    .where('uses_left', '=', row.uses_left)
    .where('secret_sha256', '=', row.secret_sha256)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};

export const deleteInvitation = async (trx: Trx, id: string): Promise<void> => {
  await trx.deleteFrom('invitation').where('id', '=', id).execute();
};

/** Lists invitations, the newest first. */
export const listInvitations = (
  db: Reader | Trx,
  page: { readonly offset: number; readonly limit: number },
): Promise<InvitationRow[]> =>
  db
    .selectFrom('invitation')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();

export const countInvitations = async (db: Reader | Trx): Promise<number> => {
  const { total } = await db
    .selectFrom('invitation')
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/**
 * Returns the e-mails, in lower case, that can still accept an invitation of theirs.
 *
 * @param emails in lower case
 * @param now stored time, see timestamp.ts
 */
export const invitedEmails = async (
  db: Reader | Trx,
  emails: readonly string[],
  now: string,
): Promise<ReadonlySet<string>> => {
  const email = sql<string>`lower(email)`;
  const rows = await db
    .selectFrom('invitation')
    .select(email.as('email'))
    .where(email, 'in', emails)
    .where('uses_left', '>', 0)
    .where('expires_at', '>', now)
    .execute();
  return new Set(rows.map((row) => row.email));
};
