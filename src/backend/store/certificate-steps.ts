import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reader, Trx } from './database.ts';

/** Describes the certificates of one step: those with higher IDs than `after`, up to `until`. */
export interface CertificateStep {
  readonly after: number;
  readonly until: number;
}

/**
 * Divides the ledger into steps, between which others are served: SQLite lets nobody else work while it reads.
 *
 * @param size IDs of a step
 * @param after where the first step begins
 */
export const certificateSteps = async function* (
  db: Reader | Trx,
  size: number,
  after = 0,
): AsyncGenerator<CertificateStep> {
  const { last } = await db
    .selectFrom('certificate')
    .select((row) => row.fn.max<number | null>('id').as('last'))
    .executeTakeFirstOrThrow();
  for (let from = after; from < (last ?? 0); from += size) {
    yield { after: from, until: from + size };
    await nextTurn();
  }
};
