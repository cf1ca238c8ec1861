import { z } from 'zod';
import { SavedView } from './saved-view.ts';
import { AccessTokenView } from './access-token.ts';
import { RequestMessage } from './request-messages.ts';
import { HttpDate } from './response.ts';
import { SecondFactorResponse } from './second-factor.ts';
import { SessionView } from './session.ts';
import { UserView } from './user.ts';

/** Everything that the dashboard keeps about the requester, but secrets and the audit log. */
export const OwnDataResponse = z.object({
  status: z.string(),
  user: UserView,
  sites: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      approval_state: z.number().int(),
      created_at: HttpDate,
    }),
  ),
  /** Messages about the request for the account. */
  messages: z.array(RequestMessage),
  sessions: z.array(SessionView),
  access_tokens: z.array(AccessTokenView),
  saved_views: z.array(SavedView),
  second_factor: SecondFactorResponse.omit({ status: true }),
  /** People of identity providers that the account is connected with. */
  identities: z.array(z.object({ issuer: z.string(), subject: z.string(), connected_at: HttpDate })),
});
export type OwnDataResponse = z.infer<typeof OwnDataResponse>;
