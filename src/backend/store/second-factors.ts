import type { Reader, Trx } from './database.ts';
import { deletePasskeysOf, passkeysOf } from './passkeys.ts';
import type { TotpRow } from './schema.ts';

export const totpOf = (db: Reader | Trx, userId: number): Promise<TotpRow | undefined> =>
  db.selectFrom('totp').selectAll().where('user_id', '=', userId).executeTakeFirst();

export const hasTotp = async (db: Reader | Trx, userId: number): Promise<boolean> => {
  const totp = await totpOf(db, userId);
  return totp !== undefined && totp.confirmed_at !== '';
};

/** True when log-ins of this account need a second factor. */
export const hasFactor = async (db: Reader | Trx, userId: number): Promise<boolean> =>
  (await hasTotp(db, userId)) || (await passkeysOf(db, userId)).length > 0;

/** Stores a secret that no code has confirmed yet, in place of an earlier one. */
export const replaceTotp = async (trx: Trx, row: TotpRow): Promise<void> => {
  await trx.deleteFrom('totp').where('user_id', '=', row.user_id).execute();
  await trx.insertInto('totp').values(row).execute();
};

/** @returns false where the secret is not the one that was read any more */
export const confirmTotp = async (
  trx: Trx,
  { user_id, sealed_secret }: TotpRow,
  times: Pick<TotpRow, 'confirmed_at' | 'last_step'>,
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('totp')
    .set(times)
    .where('user_id', '=', user_id)
    .where('sealed_secret', '=', sealed_secret)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** Marks a step as used. @returns false where it or a later one was used already, in whichever replica */
export const spendTotpStep = async (trx: Trx, userId: number, step: number): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('totp')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

export const deleteTotp = async (trx: Trx, userId: number): Promise<void> => {
  await trx.deleteFrom('totp').where('user_id', '=', userId).execute();
};

export const isRecoveryCode = async (db: Reader | Trx, userId: number, hash: string): Promise<boolean> => {
  const found = await db
    .selectFrom('recovery_code')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('code_sha256', '=', hash)
    .executeTakeFirst();
  return found !== undefined;
};

/** Uses a recovery code up. @returns false where it was used already */
export const spendRecoveryCode = async (trx: Trx, userId: number, hash: string): Promise<boolean> => {
  const { numDeletedRows } = await trx
    .deleteFrom('recovery_code')
    .where('user_id', '=', userId)
    .where('code_sha256', '=', hash)
    .executeTakeFirst();
  return numDeletedRows > 0n;
};

export const countRecoveryCodes = async (db: Reader | Trx, userId: number): Promise<number> => {
  const { total } = await db
    .selectFrom('recovery_code')
    .where('user_id', '=', userId)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** Replaces all recovery codes of an account. */
export const replaceRecoveryCodes = async (
  trx: Trx,
  userId: number,
  hashes: readonly string[],
): Promise<void> => {
  await trx.deleteFrom('recovery_code').where('user_id', '=', userId).execute();
  for (const code_sha256 of hashes) {
    await trx.insertInto('recovery_code').values({ user_id: userId, code_sha256 }).execute();
  }
};

/** Removes all second factors of an account, with the recovery codes. */
export const deleteFactorsOf = async (trx: Trx, userId: number): Promise<void> => {
  await deleteTotp(trx, userId);
  await deletePasskeysOf(trx, userId);
  await replaceRecoveryCodes(trx, userId, []);
};
