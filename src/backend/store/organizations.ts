import { sql } from 'kysely';
import { APPROVED } from '../../contract/approval.ts';
import type { Reader, Trx } from './database.ts';
import { likePattern } from './like-pattern.ts';

const used = (db: Reader | Trx, q: string) =>
  db
    .selectFrom('organization')
    .where('name', '!=', '')
    .where((row) =>
      row.or([
        sql<boolean>`lower(organization.name) like ${likePattern(q)} escape '\\'`,
        sql<boolean>`lower(organization.display_name) like ${likePattern(q)} escape '\\'`,
      ]),
    )
    .where((row) =>
      // Looks for one row of each; for "exists", PostgreSQL would read the whole table into memory.
      row.or([
        row('organization.display_name', '!=', ''),
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

interface NamesPage {
  readonly q: string;
  readonly offset: number;
  readonly limit: number;
}

/** Organizations that some user or site belongs to or that a project admin described, sorted; never the empty one. */
export const namedOrganizations = (
  db: Reader | Trx,
  { q, limit, offset }: NamesPage,
): Promise<{ readonly name: string; readonly display_name: string }[]> =>
  used(db, q)
    .select((row) => ['name', row.fn.max('display_name').as('display_name')])
    // By the name alone, whose index gives the groups in their order, one by one.
    .groupBy('name')
    .orderBy('name')
    .limit(limit)
    .offset(offset)
    .execute();

/** Their names alone. */
export const organizationNames = async (db: Reader | Trx, page: NamesPage): Promise<string[]> =>
  (await namedOrganizations(db, page)).map(({ name }) => name);

/** Returns the number of organizations with an approved user or site. */
export const countTakingPart = async (db: Reader): Promise<number> => {
  const { total } = await db
    .selectFrom('organization')
    .where('name', '!=', '')
    .where((row) =>
      // Likewise one row of each.
      row.or([
        row(
          row
            .selectFrom('user')
            .select('user.id')
            .whereRef('user.organization_id', '=', 'organization.id')
            .where('user.approval_state', '>=', APPROVED)
            .limit(1),
          'is not',
          null,
        ),
        row(
          row
            .selectFrom('client')
            .select('client.id')
            .whereRef('client.organization_id', '=', 'organization.id')
            .where('client.approval_state', '>=', APPROVED)
            .limit(1),
          'is not',
          null,
        ),
      ]),
    )
    .select((row) => row.fn.count<number>('name').distinct().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** Number of {@link namedOrganizations} there are. */
export const countOrganizations = async (db: Reader | Trx, q: string): Promise<number> => {
  const { total } = await used(db, q)
    .select((row) => row.fn.count<number>('name').distinct().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};
