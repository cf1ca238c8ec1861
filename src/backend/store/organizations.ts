import type { Reader, Trx } from './database.ts';

const used = (db: Reader | Trx) =>
  db
    .selectFrom('organization')
    .where('name', '!=', '')
    .where((row) =>
      row.or([
        row.exists(
          row.selectFrom('user').select('user.id').whereRef('user.organization_id', '=', 'organization.id'),
        ),
        row.exists(
          row
            .selectFrom('client')
            .select('client.id')
            .whereRef('client.organization_id', '=', 'organization.id'),
        ),
      ]),
    );

/** Names of organizations that some user or site belongs to, sorted; never the empty one. */
export const organizationNames = async (
  db: Reader | Trx,
  page: { readonly offset: number; readonly limit: number },
): Promise<string[]> => {
  const rows = await used(db)
    .select('name')
    .orderBy('name')
    .distinct()
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return rows.map((row) => row.name);
};

/** How many organizations some user or site belongs to. */
export const countOrganizations = async (db: Reader | Trx): Promise<number> => {
  const { total } = await used(db)
    .select((row) => row.fn.count<number>('name').distinct().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};
