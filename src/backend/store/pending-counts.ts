import { APPROVED, PENDING } from '../../contract/approval.ts';
import type { Reader, Trx } from './database.ts';

/** Returns the number of users or sites that wait for approval. */
export const countPendingIn = async (db: Reader | Trx, table: 'client' | 'user'): Promise<number> => {
  const { total } = await db
    .selectFrom(table)
    .where('approval_state', '>=', PENDING)
    .where('approval_state', '<', APPROVED)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** Returns the numbers of users and sites that wait for approval; counts no further than `most` of each. */
export const countPending = async (trx: Trx, most: number): Promise<number> => {
  const counted = async (table: 'client' | 'user'): Promise<number> => {
    const pending = trx
      .selectFrom(table)
      .select('id')
      .where('approval_state', '>=', PENDING)
      .where('approval_state', '<', APPROVED)
      .limit(most)
      .as('pending');
    const { total } = await trx
      .selectFrom(pending)
      .select((row) => row.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    return total;
  };
  return (await counted('user')) + (await counted('client'));
};

/** Returns the number of the user's sites that wait for approval. */
export const countPendingSitesOf = async (trx: Trx, userId: number): Promise<number> => {
  const { total } = await trx
    .selectFrom('client')
    .where('creator_id', '=', userId)
    .where('approval_state', '>=', PENDING)
    .where('approval_state', '<', APPROVED)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};
