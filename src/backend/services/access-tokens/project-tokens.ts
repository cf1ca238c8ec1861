import type { ProjectTokenView } from '../../../contract/api/project-token.ts';
import type { AccessTokenCreate } from '../../../contract/api/access-token.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { projectTokenActor } from '../../auth/project-token.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import {
  deleteProjectToken,
  insertProjectToken,
  listProjectTokens,
  projectTokenById,
} from '../../store/project-tokens.ts';
import type { ProjectTokenRow } from '../../store/schema.ts';
import { newToken, tokenView } from './token-values.ts';

const MAX_TOKENS = 50;

const view = (row: ProjectTokenRow, now: Date): ProjectTokenView => ({
  ...tokenView(row, now),
  created_by: row.created_by,
});

/** Lists the project's tokens, expired ones too. */
export const findProjectTokens = async (
  context: ServiceContext,
  requester: Requester,
): Promise<ProjectTokenView[]> => {
  authorizeUser(requester.principal, 'project_tokens.list');
  return (await listProjectTokens(context.db.reader)).map((row) => view(row, context.now()));
};

const refused = (code: 'too_many' | 'duplicate', message: string): ApiError =>
  new ApiError('conflicting', message, { fields: [{ path: 'name', code, message }] });

/**
 * Generates a token that is nobody's: it carries the rights of a project admin, as far as its scopes go, until it
 * expires or is revoked, whatever becomes of its creator.
 *
 * @throws ApiError `confirmation_required`, `invalid`, `conflicting` for a name that is taken, and for the 51st
 */
export const createProjectToken = async (
  context: ServiceContext,
  requester: Requester,
  input: AccessTokenCreate,
): Promise<{ readonly projectToken: ProjectTokenView; readonly token: string }> => {
  const principal = authorizeUser(requester.principal, 'project_tokens.create');
  const now = context.now();
  requirePresence(principal, now, PRESENCE_MS);
  const { text, values } = newToken(input, now);
  const row = { ...values, created_by: principal.email };
  await change(context, requester, async (trx, audit) => {
    const all = await listProjectTokens(trx);
    if (all.length >= MAX_TOKENS) {
      throw refused('too_many', `There can be ${MAX_TOKENS} tokens of the project; revoke one first.`);
    }
    if (all.some(({ name }) => name === input.name)) {
      throw refused('duplicate', 'Another token of the project has this name.');
    }
    await insertProjectToken(trx, row);
    await audit('project_token.create', projectTokenActor(row), {
      id: row.id,
      scopes: row.scopes,
      expires_at: row.expires_at,
    });
  });
  return { projectToken: view(row, now), token: text };
};

/** Revokes a token of the project, whoever created it. @throws ApiError `not_found` */
export const revokeProjectToken = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<void> => {
  authorizeUser(requester.principal, 'project_tokens.revoke');
  await change(context, requester, async (trx, audit) => {
    const token = await projectTokenById(trx, id);
    if (token === undefined) {
      throw new ApiError('not_found', 'The project has no such token.');
    }
    await deleteProjectToken(trx, id);
    await audit('project_token.revoke', projectTokenActor(token), { id, created_by: token.created_by });
  });
};
