import type { Reader, Trx } from './database.ts';
import type { PreparedRootRow } from './schema.ts';

/** Returns the root CA that waits for the freeze. */
export const readPreparedRoot = (db: Reader | Trx): Promise<PreparedRootRow | undefined> =>
  db.selectFrom('prepared_root').selectAll().executeTakeFirst();

/** Puts another root CA in the place of the one that waits. */
export const replacePreparedRoot = async (trx: Trx, row: PreparedRootRow): Promise<void> => {
  await trx.deleteFrom('prepared_root').execute();
  await trx.insertInto('prepared_root').values(row).execute();
};

export const deletePreparedRoot = async (trx: Trx): Promise<void> => {
  await trx.deleteFrom('prepared_root').execute();
};
