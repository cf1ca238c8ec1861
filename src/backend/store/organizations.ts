import type { Reader, Trx } from './database.ts';

/** Names of organizations that some user or site belongs to, sorted; never the empty one. */
export const organizationNames = async (db: Reader | Trx): Promise<string[]> => {
  const rows = await db
    .selectFrom('organization')
    .select('name')
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
    )
    .orderBy('name')
    .distinct()
    .execute();
  return rows.map((row) => row.name);
};
