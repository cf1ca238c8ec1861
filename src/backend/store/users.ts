import { APPROVED } from '../../contract/approval.ts';
import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Approval } from '../../contract/approval.ts';
import type { Reader, Trx } from './database.ts';
import { inApproval } from './in-approval.ts';
import { likePattern } from './like-pattern.ts';
import { idsLike, idsNamed, joinedBy } from './named-ids.ts';
import { prepared } from './prepared.ts';
import type { Schema } from './schema.ts';

/** A user with the names of role and organization. */
export type UserRow = Selectable<Schema['user']> & { readonly role: string; readonly organization: string };
/** Values of `must_change_password`. */
export const PASSWORD_CHANGE = {
  none: 0,
  /** The page asks for it, the API works: an unattended set-up keeps working with the first admin's. */
  advised: 1,
  /** The API allows nothing else: a project admin chose the password for somebody. */
  required: 2,
} as const;

export type NewUser = Insertable<Schema['user']>;
export type UserChange = Updateable<Schema['user']>;

const joined = (db: Reader | Trx) =>
  db
    .selectFrom('user')
    .innerJoin('role', 'role.id', 'user.role_id')
    .innerJoin('organization', 'organization.id', 'user.organization_id')
    .selectAll('user')
    .select(['role.name as role', 'organization.name as organization']);

const byId = prepared<{ readonly id: number }, UserRow>((db, slot) =>
  joined(db).where('user.id', '=', slot('id')),
);

export const userById = async (db: Reader | Trx, id: number): Promise<UserRow | undefined> =>
  (await byId(db, { id }))[0];

/** Returns the users with these IDs, by ID. */
export const usersByIds = async (
  db: Reader | Trx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, UserRow>> => {
  const rows = ids.length === 0 ? [] : await joined(db).where('user.id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
};

const byEmail = prepared<{ readonly email: string; readonly lower: string }, UserRow>((db, slot) =>
  joined(db)
    .where(sql<string>`lower(${sql.ref('user.email')})`, '=', slot('lower'))
    .orderBy(sql`case when ${sql.ref('user.email')} = ${slot('email')} then 0 else 1 end`)
    .orderBy('user.id'),
);

/** Looks the e-mail up in any case; of several (old databases) the one spelled exactly so comes first. */
export const userByEmail = async (db: Reader | Trx, email: string): Promise<UserRow | undefined> =>
  (await byEmail(db, { email, lower: email.toLowerCase() }))[0];

/** Describes what the list of users is narrowed to. */
export interface UserFilter {
  readonly organization?: string | undefined;
  /** Least approval state. */
  readonly approvalFrom?: number | undefined;
  readonly approval?: Approval | undefined;
  readonly role?: string | undefined;
  /** Part of name, e-mail, organization or role, any case. */
  readonly q?: string | undefined;
}

/** Columns of each order, which an index has one after the other; see add-list-order.ts. */
const SORTABLE = {
  id: ['user.id'],
  name: ['user.name', 'user.id'],
  email: ['user.email', 'user.id'],
  organization: ['organization.name', 'organization.id', 'user.id'],
  role: ['role.name', 'role.id', 'user.id'],
  approval_state: ['user.approval_state', 'user.id'],
  download_count: ['user.download_count', 'user.id'],
  created_at: ['user.created_at', 'user.id'],
} as const;
export type UserSort = keyof typeof SORTABLE;
export const isUserSort = (text: string): text is UserSort => Object.hasOwn(SORTABLE, text);

const narrowed = (db: Reader | Trx, filter: UserFilter) => {
  let query = db.selectFrom('user');
  if (filter.organization !== undefined) {
    query = query.where('user.organization_id', 'in', idsNamed(db, 'organization', filter.organization));
  }
  if (filter.approvalFrom !== undefined) {
    query = query.where('user.approval_state', '>=', filter.approvalFrom);
  }
  if (filter.approval !== undefined) {
    query = query.where(inApproval(sql.ref('user.approval_state'), filter.approval));
  }
  if (filter.role !== undefined) {
    query = query.where('user.role_id', 'in', idsNamed(db, 'role', filter.role));
  }
  if (filter.q !== undefined && filter.q !== '') {
    const pattern = likePattern(filter.q);
    query = query.where(
      sql<boolean>`(lower(${sql.ref('user.name')}) like ${pattern} escape '\\'
        or lower(${sql.ref('user.email')}) like ${pattern} escape '\\'
        or ${sql.ref('user.organization_id')} in ${idsLike(db, 'organization', pattern)}
        or ${sql.ref('user.role_id')} in ${idsLike(db, 'role', pattern)})`,
    );
  }
  return query;
};

/** Page of a list: `limit` undefined gives all rows. */
export interface Page<S extends string> {
  readonly offset: number;
  readonly limit: number | undefined;
  readonly sort: S;
  readonly descending: boolean;
}

/** A user, since when an authenticator app is set up (empty or null: none), and the id of a passkey. */
export type ListedUser = UserRow & { readonly factor_since: string | null; readonly passkey: string | null };

const belongs = (table: 'organization' | 'role', leads: boolean) =>
  joinedBy(table, sql.ref(`user.${table}_id`), leads);

export const listUsers = (db: Reader, filter: UserFilter, page: Page<UserSort>): Promise<ListedUser[]> =>
  SORTABLE[page.sort]
    .reduce(
      (query, column) => query.orderBy(column, page.descending ? 'desc' : 'asc'),
      narrowed(db, filter)
        .innerJoin('role', (join) => join.on(belongs('role', page.sort === 'role')))
        .innerJoin('organization', (join) => join.on(belongs('organization', page.sort === 'organization'))),
    )
    .selectAll('user')
    .select(['role.name as role', 'organization.name as organization'])
    .select((row) =>
      row
        .selectFrom('totp')
        .select('totp.confirmed_at')
        .whereRef('totp.user_id', '=', 'user.id')
        .as('factor_since'),
    )
    .select((row) =>
      row
        .selectFrom('passkey')
        .select((passkey) => passkey.fn.min('passkey.id').as('first'))
        .whereRef('passkey.user_id', '=', 'user.id')
        .as('passkey'),
    )
    .limit(page.limit ?? Number.MAX_SAFE_INTEGER)
    .offset(page.offset)
    .execute();

export const countUsers = async (db: Reader | Trx, filter: UserFilter): Promise<number> => {
  const { total } = await narrowed(db, filter)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** Everybody of a role, the oldest first. */
export const usersOfRole = async (db: Reader | Trx, role: string): Promise<readonly UserRow[]> =>
  joined(db).where('role.name', '=', role).orderBy('user.id').execute();

/** E-mails of everybody approved. */
export const approvedUsers = (db: Reader | Trx): Promise<Pick<UserRow, 'email'>[]> =>
  db.selectFrom('user').select('email').where('approval_state', '>=', APPROVED).orderBy('id').execute();

/** Written out, because a table that another dashboard created has no column defaults. */
const UNSET = {
  approval_state: 0,
  approval_reason: '',
  download_count: 0,
  props: '',
  must_change_password: 0,
  language: '',
  email_asked_at: '',
  email_confirmed_at: '',
  logged_in_at: '',
} as const;

export const insertUser = async (trx: Trx, user: NewUser): Promise<number> => {
  const { id } = await trx
    .insertInto('user')
    .values({ ...UNSET, ...user })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

export const updateUser = async (trx: Trx, id: number, change: UserChange): Promise<void> => {
  await trx.updateTable('user').set(change).where('id', '=', id).execute();
};

export const deleteUser = async (trx: Trx, id: number): Promise<void> => {
  await trx.deleteFrom('user').where('id', '=', id).execute();
};

/** Project admins that can log in and act. */
export const countProjectAdmins = async (db: Reader | Trx, approvedFrom: number): Promise<number> => {
  const { total } = await db
    .selectFrom('user')
    .innerJoin('role', 'role.id', 'user.role_id')
    .where('role.name', '=', 'project_admin')
    .where('user.approval_state', '>=', approvedFrom)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};
