import type { Reader, Trx } from './database.ts';
import { prepared } from './prepared.ts';

const byName = (table: 'organization' | 'role') =>
  prepared<{ readonly name: string }, { readonly id: number }>((db, slot) =>
    db.selectFrom(table).select('id').where('name', '=', slot('name')).orderBy('id'),
  );
const BY_NAME = { organization: byName('organization'), role: byName('role') };

/**
 * Id of the organization or role of that name; the row is made when it is first used.
 *
 * @param at stored time, see timestamp.ts
 */
export const findOrCreateId = async (
  trx: Reader | Trx,
  table: 'organization' | 'role',
  name: string,
  at: string,
): Promise<number> => {
  const [present] = await BY_NAME[table](trx, { name });
  if (present !== undefined) {
    return present.id;
  }
  const { id } = await trx
    .insertInto(table)
    .values({ name, description: '', created_at: at, updated_at: at })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};
