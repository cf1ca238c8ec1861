import type { Trx } from './database.ts';

/**
 * Id of the organization or role of that name; the row is made when it is first used.
 *
 * @param at stored time, see timestamp.ts
 */
export const idOfName = async (
  trx: Trx,
  table: 'organization' | 'role',
  name: string,
  at: string,
): Promise<number> => {
  const present = await trx
    .selectFrom(table)
    .select('id')
    .where('name', '=', name)
    .orderBy('id')
    .executeTakeFirst();
  if (present !== undefined) return present.id;
  const { id } = await trx
    .insertInto(table)
    .values({ name, description: '', created_at: at, updated_at: at })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};
