import { type AccessTokenCreate, type AccessTokenView } from '../../../contract/api/access-token.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser, isAllowed } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import {
  deleteAccessToken,
  insertAccessToken,
  listAccessTokens,
  type OwnedAccessToken,
} from '../../store/access-tokens.ts';
import { newToken, tokenView } from './token-values.ts';

const MAX_TOKENS = 50;

const view = (row: OwnedAccessToken, now: Date): AccessTokenView => ({
  ...tokenView(row, now),
  owner: row.email,
});

/**
 * Lists the requester's access tokens, expired ones too.
 *
 * @param all those of everybody, for a project admin
 */
export const findAccessTokens = async (
  context: ServiceContext,
  requester: Requester,
  all: boolean,
): Promise<AccessTokenView[]> => {
  const principal = authorizeUser(requester.principal, all ? 'tokens.list_all' : 'tokens.list');
  return (await listAccessTokens(context.db.reader, all ? undefined : principal.id)).map((row) =>
    view(row, context.now()),
  );
};

/**
 * Generates an access token that carries its owner's rights, as far as its scopes go, until it expires.
 *
 * @throws ApiError `confirmation_required`, `invalid`, `conflicting` for the 51st
 */
export const createAccessToken = async (
  context: ServiceContext,
  requester: Requester,
  input: AccessTokenCreate,
): Promise<{ readonly accessToken: AccessTokenView; readonly token: string }> => {
  const principal = authorizeUser(requester.principal, 'tokens.create');
  const now = context.now();
  requirePresence(principal, now, PRESENCE_MS);
  const { text, values } = newToken(input, now);
  const row = { ...values, user_id: principal.id };
  await change(context, requester, async (trx, audit) => {
    const own = await listAccessTokens(trx, principal.id);
    if (own.length >= MAX_TOKENS) {
      const fields = [
        {
          path: 'name',
          code: 'too_many' as const,
          message: `would be the ${MAX_TOKENS + 1}st access token; revoke one`,
        },
      ];
      throw new ApiError('conflicting', `There can be ${MAX_TOKENS} access tokens; revoke one first.`, {
        fields,
      });
    }
    if (own.some((token) => token.name === input.name)) {
      const fields = [
        { path: 'name', code: 'duplicate' as const, message: 'names another of your access tokens' },
      ];
      throw new ApiError('conflicting', 'Another of your access tokens has this name.', { fields });
    }
    await insertAccessToken(trx, row);
    await audit('token.create', `token:${row.id}`, {
      name: row.name,
      scopes: row.scopes,
      expires_at: row.expires_at,
    });
  });
  return { accessToken: view({ ...row, email: principal.email }, now), token: text };
};

/** Revokes an own access token, or anybody's for a project admin. @throws ApiError `not_found` */
export const revokeAccessToken = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<void> => {
  const principal = authorizeUser(requester.principal, 'tokens.revoke');
  const all = isAllowed(principal, 'tokens.revoke_any');
  await change(context, requester, async (trx, audit) => {
    const visible = await listAccessTokens(trx, all ? undefined : principal.id);
    const token = visible.find((row) => row.id === id);
    if (token === undefined) {
      throw new ApiError('not_found', 'There is no such access token.');
    }
    await deleteAccessToken(trx, id);
    await audit('token.revoke', `token:${id}`, { name: token.name, owner: token.email });
  });
};
