import type { Reader, Trx } from './database.ts';
import { prepared } from './prepared.ts';
import type { AccessTokenRow } from './schema.ts';
import type { UserRow } from './users.ts';

export const insertAccessToken = async (trx: Trx, token: AccessTokenRow): Promise<void> => {
  await trx.insertInto('access_token').values(token).execute();
};

/** An access token with its owner. */
export type AccessTokenUser = {
  readonly token: string;
  readonly opened_at: string;
} & Pick<AccessTokenRow, 'expires_at' | 'used_at' | 'scopes' | 'secret_sha256'> &
  Pick<UserRow, 'id' | 'email' | 'approval_state' | 'must_change_password' | 'role' | 'organization'>;

const withUser = prepared<{ readonly id: string }, AccessTokenUser>((db, slot) =>
  db
    .selectFrom('access_token')
    .innerJoin('user', 'user.id', 'access_token.user_id')
    .innerJoin('role', 'role.id', 'user.role_id')
    .innerJoin('organization', 'organization.id', 'user.organization_id')
    .select(['access_token.id as token', 'access_token.expires_at', 'access_token.used_at'])
    .select(['access_token.scopes', 'access_token.secret_sha256', 'access_token.created_at as opened_at'])
    .select(['user.id', 'user.email', 'user.approval_state', 'user.must_change_password'])
    .select(['role.name as role', 'organization.name as organization'])
    .where('access_token.id', '=', slot('id')),
);

/** @returns undefined for a token that has been revoked, or whose owner has been deleted */
export const accessTokenUser = async (db: Reader | Trx, id: string): Promise<AccessTokenUser | undefined> =>
  (await withUser(db, { id }))[0];

export type OwnedAccessToken = AccessTokenRow & Pick<UserRow, 'email'>;

/** Lists a user's access tokens, or everybody's, the newest first. */
export const listAccessTokens = (
  db: Reader | Trx,
  userId: number | undefined,
): Promise<OwnedAccessToken[]> => {
  const all = db
    .selectFrom('access_token')
    .innerJoin('user', 'user.id', 'access_token.user_id')
    .selectAll('access_token')
    .select('user.email')
    .orderBy('access_token.created_at', 'desc')
    .orderBy('access_token.id', 'desc');
  return (userId === undefined ? all : all.where('access_token.user_id', '=', userId)).execute();
};

export const deleteAccessToken = async (trx: Trx, id: string): Promise<void> => {
  await trx.deleteFrom('access_token').where('id', '=', id).execute();
};

export const deleteAccessTokensOf = async (trx: Trx, userId: number): Promise<void> => {
  await trx.deleteFrom('access_token').where('user_id', '=', userId).execute();
};

/** @param at stored time of the latest use */
export const markAccessTokenUsed = async (trx: Trx, id: string, at: string): Promise<void> => {
  await trx.updateTable('access_token').set({ used_at: at }).where('id', '=', id).execute();
};
