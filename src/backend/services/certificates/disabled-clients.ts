import { authorize } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { lockedOutSites } from '../../store/revocations.ts';
import { toTimestamp } from '../../store/timestamp.ts';

/**
 * Returns the sites that the FL server must not let in: those all of whose certificates are revoked.
 *
 * @throws ApiError `unauthorized`
 */
export const disabledClients = async (
  context: ServiceContext,
  requester: Requester,
): Promise<readonly string[]> => {
  authorize(requester.principal, 'certificates.disabled');
  return lockedOutSites(context.db.reader, toTimestamp(context.now()));
};
