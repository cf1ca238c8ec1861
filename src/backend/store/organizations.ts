import { sql } from 'kysely';
import { APPROVED } from '../../contract/approval.ts';
import type { Reader, Trx } from './database.ts';
import { likePattern } from './like-pattern.ts';

const used = (db: Reader | Trx, q: string) =>
  db
    .selectFrom('organization')
    .where('name', '!=', '')
    .where(sql<boolean>`lower(organization.name) like ${likePattern(q)} escape '\\'`)
    .where((row) =>
      // Looks for one row of each; for "exists", PostgreSQL would read the whole table into memory.
      row.or([
        row(
          row
            .selectFrom('user')
            .select('user.id')
            .whereRef('user.organization_id', '=', 'organization.id')
            .limit(1),
          'is not',
          null,
        ),
        row(
          row
            .selectFrom('client')
            .select('client.id')
            .whereRef('client.organization_id', '=', 'organization.id')
            .limit(1),
          'is not',
          null,
        ),
      ]),
    );

/** Names of organizations that some user or site belongs to, sorted; never the empty one. */
export const organizationNames = async (
  db: Reader | Trx,
  page: { readonly q: string; readonly offset: number; readonly limit: number },
): Promise<string[]> => {
  const rows = await used(db, page.q)
    .select('name')
    .orderBy('name')
    .distinct()
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return rows.map((row) => row.name);
};

/** How many organizations some approved user or site belongs to. */
export const countTakingPart = async (db: Reader): Promise<number> => {
  const { total } = await db
    .selectFrom('organization')
    .where('name', '!=', '')
    .where((row) =>
      row.or([
        row.exists(
          row
            .selectFrom('user')
            .select('user.id')
            .whereRef('user.organization_id', '=', 'organization.id')
            .where('user.approval_state', '>=', APPROVED),
        ),
        row.exists(
          row
            .selectFrom('client')
            .select('client.id')
            .whereRef('client.organization_id', '=', 'organization.id')
            .where('client.approval_state', '>=', APPROVED),
        ),
      ]),
    )
    .select((row) => row.fn.count<number>('name').distinct().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** How many organizations some user or site belongs to. */
export const countOrganizations = async (db: Reader | Trx, q: string): Promise<number> => {
  const { total } = await used(db, q)
    .select((row) => row.fn.count<number>('name').distinct().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};
