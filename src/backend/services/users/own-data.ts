import type { OwnDataResponse } from '../../../contract/api/own-data.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { identitiesOf } from '../../store/identities.ts';
import { requestMessagesOf } from '../../store/request-messages.ts';
import { sitesOf } from '../../store/sites-of-user.ts';
import { toHttpDate } from '../../store/timestamp.ts';
import { userById } from '../../store/users.ts';
import { findAccessTokens } from '../access-tokens/access-tokens.ts';
import { findSavedViews } from '../saved-views/saved-views.ts';
import { describeFactors } from '../second-factor/second-factor.ts';
import { listSessions } from '../sessions/own-sessions.ts';
import { requestMessageView } from '../request-messages/note-decision.ts';
import { userView } from './user-view.ts';

/** Collects what is kept about the requester. */
export const collectOwnData = async (
  context: ServiceContext,
  requester: Requester,
): Promise<Omit<OwnDataResponse, 'status'>> => {
  const principal = authorizeUser(requester.principal, 'me.export');
  const { reader } = context.db;
  const user = await userById(reader, principal.id);
  if (user === undefined) {
    throw new ApiError('unauthenticated', 'Log in first.');
  }
  const sites = await sitesOf(reader, user.id);
  const identities = await identitiesOf(reader, user.id);
  return {
    user: userView(user),
    sites: sites.map(({ created_at, ...site }) => ({ ...site, created_at: toHttpDate(created_at) })),
    messages: (await requestMessagesOf(reader, user.id)).map(requestMessageView),
    sessions: await listSessions(context, requester),
    access_tokens: await findAccessTokens(context, requester, false),
    saved_views: await findSavedViews(context, requester),
    second_factor: await describeFactors(context, requester),
    identities: identities.map(({ issuer, subject, created_at }) => ({
      issuer,
      subject,
      connected_at: toHttpDate(created_at),
    })),
  };
};
