import { authorizeUser } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Principal, Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';

/** Returns who changes the own second factors. @throws ApiError `confirmation_required` */
export const presentForFactors = (context: Pick<ServiceContext, 'now'>, requester: Requester): Principal => {
  const principal = authorizeUser(requester.principal, 'second_factor.change');
  requirePresence(principal, context.now(), PRESENCE_MS);
  return principal;
};
