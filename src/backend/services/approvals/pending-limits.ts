import { ApiError } from '../../../contract/errors.ts';
import { isAllowed } from '../../auth/authorization.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Trx } from '../../store/database.ts';
import { countPending, countPendingSitesOf } from '../../store/pending-counts.ts';

/** Users and sites that may wait for approval at once. */
const MAX_PENDING = 1000;
/** Sites that one org admin may have waiting. */
const MAX_PENDING_SITES = { pending: 20, approved: 100 } as const;
const RETRY_SECONDS = 3600;

/** @throws ApiError `too_many_requests` where as much waits for approval as the project admin can look at */
export const requirePendingRoom = async (trx: Trx, added: number): Promise<void> => {
  if ((await countPending(trx, MAX_PENDING)) + added <= MAX_PENDING) {
    return;
  }
  throw new ApiError(
    'too_many_requests',
    'Too many registrations wait for approval. Try again when the project admin has decided on them.',
    { retryAfter: RETRY_SECONDS },
  );
};

/** @throws ApiError `too_many_requests` where too many sites of the principal, or of all, wait for approval */
export const requireRoomForSites = async (trx: Trx, principal: Principal, added: number): Promise<void> => {
  if (isAllowed(principal, 'clients.administer')) {
    return;
  }
  await requirePendingRoom(trx, added);
  const most = principal.approval === 'approved' ? MAX_PENDING_SITES.approved : MAX_PENDING_SITES.pending;
  if ((await countPendingSitesOf(trx, principal.id)) + added <= most) {
    return;
  }
  throw new ApiError(
    'too_many_requests',
    `At most ${most} of your sites may wait for approval. Register more when the project admin has decided on them.`,
    { retryAfter: RETRY_SECONDS },
  );
};
