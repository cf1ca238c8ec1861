import type { EnrolmentTokenCreate, EnrolmentTokenView } from '../../../contract/api/enrolment.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { ENROLMENT_TOKEN } from '../../auth/bearer-secret.ts';
import { KIT_PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import {
  endEnrolmentToken,
  enrolmentTokenById,
  insertEnrolmentToken,
  listEnrolmentTokens,
} from '../../store/enrolment-tokens.ts';
import { readProject } from '../../store/project.ts';
import type { EnrolmentTokenRow } from '../../store/schema.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { kitProject } from '../kits/kit-project.ts';
import { requireOwnKey } from '../requests/require-own-key.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_TOKENS = 1000;

const stateOf = (row: EnrolmentTokenRow, now: Date): EnrolmentTokenView['state'] => {
  if (row.ended_at !== '') {
    return 'ended';
  }
  if (row.expires_at <= toTimestamp(now)) {
    return 'expired';
  }
  return row.uses < row.max_uses ? 'usable' : 'used_up';
};

const view = (row: EnrolmentTokenRow, now: Date): EnrolmentTokenView => ({
  id: row.id,
  name: row.name,
  organization: row.organization,
  name_pattern: row.name_pattern,
  approval: row.approval === 'at_once' ? 'at_once' : 'pending',
  max_uses: row.max_uses,
  uses: row.uses,
  state: stateOf(row, now),
  created_by: row.created_by,
  created_at: toHttpDate(row.created_at),
  expires_at: toHttpDate(row.expires_at),
  last_used_at: row.used_at === '' ? null : toHttpDate(row.used_at),
});

/** Lists all enrolment tokens, those that can do nothing any more too. */
export const findEnrolmentTokens = async (
  context: ServiceContext,
  requester: Requester,
): Promise<EnrolmentTokenView[]> => {
  authorizeUser(requester.principal, 'enrolment_tokens.list');
  const now = context.now();
  return (await listEnrolmentTokens(context.db.reader)).map((row) => view(row, now));
};

const requireNewName = async (trx: Trx, name: string): Promise<void> => {
  const rows = await listEnrolmentTokens(trx);
  if (rows.some((row) => row.name.toLowerCase() === name.toLowerCase())) {
    throw new ApiError('conflicting', 'Another enrolment token has or had this name.', {
      fields: [{ path: 'name', code: 'duplicate', message: 'names another enrolment token' }],
    });
  }
  if (rows.length >= MAX_TOKENS) {
    throw new ApiError('conflicting', `There can be ${MAX_TOKENS} enrolment tokens in a project.`, {
      fields: [{ path: 'name', code: 'too_many', message: `would be one more than ${MAX_TOKENS}` }],
    });
  }
};

/**
 * Generates a token with which sites of an organization request their certificates themselves.
 *
 * @throws ApiError `confirmation_required`, `invalid`, `conflicting` for a name that exists, and for a release that
 *   knows no keys of sites
 */
export const createEnrolmentToken = async (
  context: ServiceContext,
  requester: Requester,
  input: EnrolmentTokenCreate,
): Promise<{ readonly enrolmentToken: EnrolmentTokenView; readonly token: string }> => {
  const principal = authorizeUser(requester.principal, 'enrolment_tokens.create');
  const now = context.now();
  requirePresence(principal, now, KIT_PRESENCE_MS);
  requireOwnKey(await kitProject(context, await readProject(context.db.reader)), { kind: 'client' });
  const { id, text, hash } = ENROLMENT_TOKEN.generate();
  const row: EnrolmentTokenRow = {
    id,
    secret_sha256: hash,
    name: input.name,
    organization: input.organization,
    name_pattern: input.name_pattern,
    approval: input.approval,
    max_uses: input.uses,
    uses: 0,
    created_by: principal.email,
    creator_id: principal.id,
    created_at: toTimestamp(now),
    expires_at: toTimestamp(new Date(now.getTime() + input.expires_in_days * DAY_MS)),
    used_at: '',
    ended_at: '',
  };
  await change(context, requester, async (trx, audit) => {
    await requireNewName(trx, row.name);
    await insertEnrolmentToken(trx, row);
    const { name, organization, name_pattern, approval, max_uses: uses, expires_at } = row;
    await audit('enrolment_token.create', `enrolment_token:${name}`, {
      id,
      organization,
      name_pattern,
      approval,
      uses,
      expires_at,
    });
  });
  return { enrolmentToken: view(row, now), token: text };
};

/** Ends a token: from now on it opens nothing. Ending it again changes nothing. @throws ApiError `not_found` */
export const endToken = async (context: ServiceContext, requester: Requester, id: string): Promise<void> => {
  authorizeUser(requester.principal, 'enrolment_tokens.end');
  await change(context, requester, async (trx, audit) => {
    const row = await enrolmentTokenById(trx, id);
    if (row === undefined) {
      throw new ApiError('not_found', 'There is no such enrolment token.');
    }
    if (row.ended_at === '') {
      await endEnrolmentToken(trx, id, toTimestamp(context.now()));
      await audit('enrolment_token.end', `enrolment_token:${row.name}`, { id, uses: row.uses });
    }
  });
};
