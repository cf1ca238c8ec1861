import type { Reader, Trx } from './database.ts';
import type { IdentityRow } from './schema.ts';

/** @returns the account of somebody at a provider; undefined where there is none */
export const identityOf = (
  db: Reader | Trx,
  { issuer, subject }: Pick<IdentityRow, 'issuer' | 'subject'>,
): Promise<IdentityRow | undefined> =>
  db
    .selectFrom('identity')
    .selectAll()
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();

export const hasIdentity = async (db: Reader | Trx, userId: number): Promise<boolean> => {
  const found = await db
    .selectFrom('identity')
    .select('user_id')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return found !== undefined;
};

export const identitiesOf = (db: Reader | Trx, userId: number): Promise<IdentityRow[]> =>
  db.selectFrom('identity').selectAll().where('user_id', '=', userId).orderBy('created_at').execute();

export const insertIdentity = async (trx: Trx, identity: IdentityRow): Promise<void> => {
  await trx.insertInto('identity').values(identity).execute();
};

export const deleteIdentitiesOf = async (trx: Trx, userId: number): Promise<void> => {
  await trx.deleteFrom('identity').where('user_id', '=', userId).execute();
};
