import type { Reader, Trx } from './database.ts';
import { prepared } from './prepared.ts';
import type { SessionRow } from './schema.ts';
import type { UserRow } from './users.ts';

const insert = prepared<SessionRow, unknown>((db, slot) =>
  db.insertInto('session').values({
    jti: slot('jti'),
    user_id: slot('user_id'),
    created_at: slot('created_at'),
    expires_at: slot('expires_at'),
    used_at: slot('used_at'),
    confirmed_at: slot('confirmed_at'),
    address: slot('address'),
    user_agent: slot('user_agent'),
    id_token: slot('id_token'),
  }),
);

export const insertSession = async (trx: Trx, session: SessionRow): Promise<void> => {
  await insert(trx, session);
};

/** An open session with its user. */
export type SessionUser = Pick<SessionRow, 'jti' | 'expires_at' | 'used_at' | 'confirmed_at' | 'id_token'> & {
  readonly opened_at: string;
  /** Null without an authenticator app, empty while it is unconfirmed. */
  readonly factor_since: string | null;
  /** Id of a passkey; null without any. */
  readonly passkey: string | null;
  /** The project's rule. */
  readonly second_factor: string | null;
} & Pick<UserRow, 'id' | 'email' | 'approval_state' | 'must_change_password' | 'role' | 'organization'>;

const withUser = prepared<{ readonly jti: string }, SessionUser>((db, slot) =>
  db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.user_id')
    .innerJoin('role', 'role.id', 'user.role_id')
    .innerJoin('organization', 'organization.id', 'user.organization_id')
    .select(['session.jti', 'session.expires_at', 'session.used_at', 'session.confirmed_at'])
    .select('session.id_token')
    .select('session.created_at as opened_at')
    .select(['user.id', 'user.email', 'user.approval_state', 'user.must_change_password'])
    .select(['role.name as role', 'organization.name as organization'])
    .select((row) => [
      row
        .selectFrom('totp')
        .select('totp.confirmed_at')
        .whereRef('totp.user_id', '=', 'user.id')
        .as('factor_since'),
      row
        .selectFrom('passkey')
        .select((passkey) => passkey.fn.min('passkey.id').as('first'))
        .whereRef('passkey.user_id', '=', 'user.id')
        .as('passkey'),
      row
        .selectFrom('project')
        .select('project.second_factor')
        .orderBy('project.id')
        .limit(1)
        .as('second_factor'),
    ])
    .where('session.jti', '=', slot('jti')),
);

/** @returns undefined for a session that has been ended, or whose user has been deleted */
export const sessionUser = async (db: Reader | Trx, jti: string): Promise<SessionUser | undefined> =>
  (await withUser(db, { jti }))[0];

export const deleteSession = async (trx: Trx, jti: string): Promise<void> => {
  await trx.deleteFrom('session').where('jti', '=', jti).execute();
};

/** Ends all sessions of a user, but for the one named. */
export const deleteSessionsOf = async (trx: Trx, userId: number, except = ''): Promise<void> => {
  await trx.deleteFrom('session').where('user_id', '=', userId).where('jti', '!=', except).execute();
};

/** Ends a user's sessions but for those used last. */
export const deleteUnusedSessions = async (trx: Trx, userId: number, kept: number): Promise<void> => {
  await trx
    .deleteFrom('session')
    .where('user_id', '=', userId)
    .where('jti', 'not in', (one) =>
      one
        .selectFrom('session')
        .select('jti')
        .where('user_id', '=', userId)
        .orderBy('used_at', 'desc')
        .orderBy('jti')
        .limit(kept),
    )
    .execute();
};

/** Ends the sessions of a user that began at an identity provider, but for the one named. */
export const deleteProviderSessionsOf = async (trx: Trx, userId: number, except: string): Promise<void> => {
  await trx
    .deleteFrom('session')
    .where('user_id', '=', userId)
    .where('id_token', '!=', '')
    .where('jti', '!=', except)
    .execute();
};

/** Gives a user's sessions, the newest first. */
export const sessionsOf = (db: Reader | Trx, userId: number): Promise<SessionRow[]> =>
  db
    .selectFrom('session')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('jti')
    .execute();

/** Moves the end of a session that is in use. */
export const renewSession = async (
  trx: Trx,
  jti: string,
  times: Pick<SessionRow, 'expires_at' | 'used_at'>,
): Promise<void> => {
  await trx.updateTable('session').set(times).where('jti', '=', jti).execute();
};

export const confirmSession = async (trx: Trx, jti: string, at: string): Promise<void> => {
  await trx.updateTable('session').set({ confirmed_at: at }).where('jti', '=', jti).execute();
};

/** @param before stored time; sessions that ended earlier go */
export const deleteExpiredSessions = async (trx: Trx, before: string): Promise<void> => {
  await trx.deleteFrom('session').where('expires_at', '<', before).execute();
};
