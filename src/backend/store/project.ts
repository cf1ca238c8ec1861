import { APPROVED } from '../../contract/approval.ts';
import type { Reader, Trx } from './database.ts';
import { prepared } from './prepared.ts';
import type { ProjectRow } from './schema.ts';

const first = prepared<object, ProjectRow>((db) =>
  db.selectFrom('project').selectAll().orderBy('id').limit(1),
);

/** The project: the database holds exactly one. */
export const readProject = async (db: Reader | Trx): Promise<ProjectRow> => {
  const [row] = await first(db, {});
  if (row === undefined) {
    throw new Error('the database holds no project');
  }
  return row;
};

/** Columns to change and their new values. */
export type ProjectChange = Partial<ProjectRow>;

/**
 * Changes the project as long as it is not frozen.
 *
 * @returns false when it is frozen; nothing is changed then
 */
export const updateUnfrozenProject = async (trx: Trx, change: ProjectChange): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('project')
    .set(change)
    .where('frozen', '=', 0)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** Changes the project, frozen or not; for settings that the root CA does not depend on. */
export const updateProject = async (trx: Trx, change: ProjectChange): Promise<void> => {
  await trx.updateTable('project').set(change).execute();
};

/**
 * Stores the root key under another passphrase.
 *
 * @returns false when the stored key is not `before` any more; nothing is changed then
 */
export const replaceRootKey = async (trx: Trx, before: string, after: string): Promise<boolean> => {
  const { root_key } = await readProject(trx);
  if (root_key === null || Buffer.from(root_key).toString('utf8') !== before) {
    return false;
  }
  await trx
    .updateTable('project')
    .set({ root_key: Buffer.from(after) })
    .execute();
  return true;
};

/** Returns the numbers of sites and users that take part: those that wait or were denied do not. */
export const countParticipants = async (db: Reader): Promise<{ clients: number; users: number }> => {
  const { clients, users } = await db
    .selectNoFrom((row) => [
      row
        .selectFrom('client')
        .where('client.approval_state', '>=', APPROVED)
        .select(row.fn.countAll<number>().as('n'))
        .as('clients'),
      row
        .selectFrom('user')
        .where('user.approval_state', '>=', APPROVED)
        .select(row.fn.countAll<number>().as('n'))
        .as('users'),
    ])
    .executeTakeFirstOrThrow();
  return { clients: clients ?? 0, users: users ?? 0 };
};

const ofFirstAdmin = prepared<object, { readonly name: string }>((db) =>
  db
    .selectFrom('user')
    .innerJoin('role', 'role.id', 'user.role_id')
    .innerJoin('organization', 'organization.id', 'user.organization_id')
    .where('role.name', '=', 'project_admin')
    .select('organization.name')
    .orderBy('user.id')
    .limit(1),
);

/** Organization of the project's first admin; it stands in server certificates. Empty when there is no admin. */
export const leadingOrganization = async (db: Reader): Promise<string> =>
  (await ofFirstAdmin(db, {}))[0]?.name ?? '';
