import { APPROVED, PENDING } from '../../contract/approval.ts';
import type { Reader } from './database.ts';

const TABLES = ['user', 'client'] as const;

/** Returns how many approved users and sites have not downloaded a kit yet. */
export const countWithoutKit = async (db: Reader): Promise<number> => {
  let total = 0;
  for (const table of TABLES) {
    const { rows } = await db
      .selectFrom(table)
      .where('approval_state', '>=', APPROVED)
      .where('download_count', '=', 0)
      .select((row) => row.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    total += rows;
  }
  return total;
};

/** Returns the ids of approved users or sites that have not downloaded a kit yet. */
export const idsWithoutKit = async (
  db: Reader,
  table: (typeof TABLES)[number],
  limit: number,
): Promise<readonly number[]> => {
  const rows = await db
    .selectFrom(table)
    .where('approval_state', '>=', APPROVED)
    .where('download_count', '=', 0)
    .select('id')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
};

/** PostgreSQL gives sums as texts. */
type Sum = number | string | null;

/** Users or sites by what was decided about them, and how many kits they have downloaded. */
export interface ParticipantCounts {
  readonly kind: 'user' | 'site';
  readonly approved: number;
  readonly pending: number;
  readonly denied: number;
  readonly downloads: number;
}

export const countParticipantsByState = async (db: Reader): Promise<readonly ParticipantCounts[]> => {
  const counted: ParticipantCounts[] = [];
  for (const table of TABLES) {
    const row = await db
      .selectFrom(table)
      .select((row) => [
        row.fn
          .sum<Sum>(row.case().when('approval_state', '>=', APPROVED).then(1).else(0).end())
          .as('approved'),
        row.fn.sum<Sum>(row.case().when('approval_state', '<', PENDING).then(1).else(0).end()).as('denied'),
        row.fn.sum<Sum>('download_count').as('downloads'),
        row.fn.countAll<number>().as('all'),
      ])
      .executeTakeFirstOrThrow();
    const approved = Number(row.approved ?? 0);
    const denied = Number(row.denied ?? 0);
    counted.push({
      kind: table === 'user' ? 'user' : 'site',
      approved,
      denied,
      pending: row.all - approved - denied,
      downloads: Number(row.downloads ?? 0),
    });
  }
  return counted;
};

/** Returns how many certificates of the ledger are valid until after each of the moments. @param moments stored times */
export const countCertificatesUntil = async (
  db: Reader,
  moments: readonly string[],
): Promise<readonly number[]> => {
  const counts: number[] = [];
  for (const moment of moments) {
    const { rows } = await db
      .selectFrom('certificate')
      .where('not_after', '<=', moment)
      .select((row) => row.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    counts.push(rows);
  }
  return counts;
};

/** The certificate of a kind that expires first. */
export interface FirstExpiry {
  readonly kind: string;
  /** Stored time. */
  readonly not_after: string;
}

/** Returns when the first certificate in force expires, of each kind; revoked and superseded ones do not count. @param now stored time */
export const firstExpiries = (db: Reader, now: string): Promise<FirstExpiry[]> =>
  db
    .selectFrom('certificate')
    .where('revoked_at', '=', '')
    .where('superseded_by', '=', '')
    .where('not_after', '>', now)
    .groupBy('kind')
    .orderBy('kind')
    .select((row) => ['kind', row.fn.min('not_after').as('not_after')])
    .execute();
