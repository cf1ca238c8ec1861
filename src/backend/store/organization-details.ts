import type { Reader, Trx } from './database.ts';
import type { OrganizationRow } from './schema.ts';

export const organizationByName = (db: Reader | Trx, name: string): Promise<OrganizationRow | undefined> =>
  db.selectFrom('organization').selectAll().where('name', '=', name).orderBy('id').executeTakeFirst();

/** Changes an organization. */
export const updateOrganization = async (
  trx: Trx,
  id: number,
  change: Partial<Pick<OrganizationRow, 'name' | 'display_name' | 'contacts' | 'updated_at'>>,
): Promise<void> => {
  await trx.updateTable('organization').set(change).where('id', '=', id).execute();
};

/** Lets open invitations name another organization. */
export const renameInInvitations = async (trx: Trx, from: string, to: string): Promise<void> => {
  await trx.updateTable('invitation').set({ organization: to }).where('organization', '=', from).execute();
};

export const deleteOrganization = async (trx: Trx, id: number): Promise<void> => {
  await trx.deleteFrom('organization').where('id', '=', id).execute();
};

/** Moves all users and sites of an organization. */
export const moveParticipants = async (trx: Trx, from: number, to: number): Promise<void> => {
  for (const table of ['user', 'client'] as const) {
    await trx.updateTable(table).set({ organization_id: to }).where('organization_id', '=', from).execute();
  }
};

/** Number of users and sites an organization has, denied ones too. */
export const countMembers = async (
  db: Reader | Trx,
  id: number,
): Promise<{ readonly users: number; readonly sites: number }> => {
  const { users, sites } = await db
    .selectNoFrom((row) => [
      row
        .selectFrom('user')
        .where('user.organization_id', '=', id)
        .select(row.fn.countAll<number>().as('n'))
        .as('users'),
      row
        .selectFrom('client')
        .where('client.organization_id', '=', id)
        .select(row.fn.countAll<number>().as('n'))
        .as('sites'),
    ])
    .executeTakeFirstOrThrow();
  return { users: users ?? 0, sites: sites ?? 0 };
};

/** Number of certificates carry an organization's name, expired and revoked ones too. */
export const countCertificatesOf = async (db: Reader | Trx, name: string): Promise<number> => {
  const { total } = await db
    .selectFrom('certificate')
    .where((of) =>
      of.or([
        of('certificate.organization', '=', name),
        of(
          'certificate.serial',
          'in',
          of.selectFrom('issued_name').select('issued_name.serial').where('organization', '=', name),
        ),
      ]),
    )
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** Organizations that somebody has described, whether or not anybody belongs to them. */
export const describedOrganizations = (
  db: Reader,
): Promise<Pick<OrganizationRow, 'name' | 'display_name'>[]> =>
  db
    .selectFrom('organization')
    .select(['name', 'display_name'])
    .where('display_name', '!=', '')
    .orderBy('name')
    .execute();
