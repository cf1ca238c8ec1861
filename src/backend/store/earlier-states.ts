import type { Selectable } from 'kysely';
import type { Reader, Trx } from './database.ts';
import type { Schema } from './schema.ts';

/** Number of states kept of one account or site. */
const KEPT = 16;

/** Keeps the state, and drops the oldest beyond {@link KEPT} of its subject. */
export const keepState = async (trx: Trx, kept: Selectable<Schema['earlier_state']>): Promise<void> => {
  await trx
    .insertInto('earlier_state')
    .values(kept)
    .onConflict((conflict) => conflict.columns(['subject', 'version']).doUpdateSet({ at: kept.at }))
    .execute();
  await trx
    .deleteFrom('earlier_state')
    .where('subject', '=', kept.subject)
    .where(
      'version',
      'not in',
      trx
        .selectFrom('earlier_state')
        .select('version')
        .where('subject', '=', kept.subject)
        .orderBy('at', 'desc')
        .limit(KEPT),
    )
    .execute();
};

/** Returns the JSON text of an earlier state; undefined for one that is not kept. */
export const earlierState = async (
  db: Reader | Trx,
  subject: string,
  version: string,
): Promise<string | undefined> =>
  (
    await db
      .selectFrom('earlier_state')
      .select('state')
      .where('subject', '=', subject)
      .where('version', '=', version)
      .executeTakeFirst()
  )?.state;

export const dropStates = async (trx: Trx, subject: string): Promise<void> => {
  await trx.deleteFrom('earlier_state').where('subject', '=', subject).execute();
};
