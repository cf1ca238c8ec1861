import type { Reader, Trx } from './database.ts';
import type { PasskeyRow } from './schema.ts';

/** Lists the passkeys of an account, the oldest first. */
export const passkeysOf = (db: Reader | Trx, userId: number): Promise<PasskeyRow[]> =>
  db
    .selectFrom('passkey')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

export const insertPasskey = async (trx: Trx, row: PasskeyRow): Promise<void> => {
  await trx.insertInto('passkey').values(row).execute();
};

/** True when any account holds this credential. */
export const isKnownCredential = async (trx: Trx, credentialId: string): Promise<boolean> => {
  const found = await trx
    .selectFrom('passkey')
    .select('id')
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  return found !== undefined;
};

export const renamePasskey = async (trx: Trx, id: string, name: string): Promise<void> => {
  await trx.updateTable('passkey').set({ name }).where('id', '=', id).execute();
};

export const deletePasskey = async (trx: Trx, id: string): Promise<void> => {
  await trx.deleteFrom('passkey').where('id', '=', id).execute();
};

export const deletePasskeysOf = async (trx: Trx, userId: number): Promise<void> => {
  await trx.deleteFrom('passkey').where('user_id', '=', userId).execute();
};

/**
 * Notes that a passkey was used. Authenticators without a counter always send 0.
 *
 * @returns false where it is gone, or another request has stored a higher counter meanwhile
 */
export const usePasskey = async (
  trx: Trx,
  { id, counter, used_at }: Pick<PasskeyRow, 'id' | 'counter' | 'used_at'>,
): Promise<boolean> => {
  const row = trx.updateTable('passkey').set({ counter, used_at }).where('id', '=', id);
  const { numUpdatedRows } = await (
    counter === 0 ? row.where('counter', '=', 0) : row.where('counter', '<', counter)
  ).executeTakeFirst();
  return numUpdatedRows > 0n;
};
