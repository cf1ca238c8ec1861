import { sql } from 'kysely';
import { APPROVED, PENDING, type Approval } from '../../contract/approval.ts';
import type { Reader } from './database.ts';

/** Counts the rows of a table by approval. */
export const countByApproval = async (
  db: Reader,
  table: 'client' | 'user',
): Promise<Record<Approval, number>> => {
  const approval = sql<Approval>`case
    when approval_state < ${PENDING} then 'denied' when approval_state < ${APPROVED} then 'pending' else 'approved' end`;
  const rows = await db
    .selectFrom(table)
    .select((row) => [approval.as('approval'), row.fn.countAll<number>().as('total')])
    .groupBy(sql`1`)
    .execute();
  const counts = { pending: 0, approved: 0, denied: 0 };
  for (const row of rows) {
    counts[row.approval] = row.total;
  }
  return counts;
};

/** Approved sites whose startup kit nobody has downloaded. */
export const countSitesWithoutKit = async (db: Reader): Promise<number> => {
  const { total } = await db
    .selectFrom('client')
    .where('approval_state', '>=', APPROVED)
    .where('download_count', '=', 0)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** An organization, the highest approval state of its sites, how many it has and how many of them have a kit. */
export interface OrganizationState {
  readonly name: string;
  readonly state: number;
  readonly sites: number;
  readonly withKit: number;
}

/** Organizations by their sites. */
export const organizationsWithSites = (db: Reader): Promise<readonly OrganizationState[]> =>
  db
    // First by the number, in whose order an index has all of it: joining each site to its organization takes longer.
    .with('held', (held) =>
      held
        .selectFrom('client')
        .where('approval_state', '>=', PENDING)
        .select((row) => [
          'organization_id',
          row.fn.max<number>('approval_state').as('state'),
          row.fn.countAll<number>().as('sites'),
          row.fn
            .count<number>(sql`case when approval_state >= ${APPROVED} and download_count > 0 then 1 end`)
            .as('with_kit'),
        ])
        .groupBy('organization_id'),
    )
    .selectFrom('held')
    .innerJoin('organization', 'organization.id', 'held.organization_id')
    .select((row) => [
      'organization.name as name',
      row.fn.max<number>('held.state').as('state'),
      sql<number>`cast(sum(held.sites) as integer)`.as('sites'),
      sql<number>`cast(sum(held.with_kit) as integer)`.as('withKit'),
    ])
    .groupBy('organization.name')
    .execute();

/** Names of organizations with an org admin who was not denied. */
export const organizationsWithAdmin = async (db: Reader): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('user')
    .innerJoin('role', 'role.id', 'user.role_id')
    .innerJoin('organization', 'organization.id', 'user.organization_id')
    .where('role.name', '=', 'org_admin')
    .where('user.approval_state', '>=', PENDING)
    .where('organization.name', '!=', '')
    .select('organization.name')
    .distinct()
    .execute();
  return rows.map(({ name }) => name);
};

/** Names of organizations that an invitation of an org admin waits for. @param now stored time */
export const invitedOrganizations = async (db: Reader, now: string): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('invitation')
    .where('role', '=', 'org_admin')
    .where('uses_left', '>', 0)
    .where('expires_at', '>', now)
    .select('organization')
    .distinct()
    .execute();
  return rows.map(({ organization }) => organization);
};

/** Certificates issued so far, by kind. */
export const countIssued = (db: Reader): Promise<{ kind: string; count: number }[]> =>
  db
    .selectFrom('certificate')
    .select((row) => ['kind', row.fn.countAll<number>().as('count')])
    .groupBy('kind')
    .orderBy('kind')
    .execute();
