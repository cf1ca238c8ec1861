import { approvalOf } from '../../../contract/approval.ts';
import type { RequestView } from '../../../contract/api/requests.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { KIT_PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { decideRequest, requestById } from '../../store/certificate-requests.ts';
import type { Trx } from '../../store/database.ts';
import type { RequestRow } from '../../store/schema.ts';
import { clientById, type ClientRow } from '../../store/sites.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { requireSeen } from '../approvals/seen-version.ts';
import { enrolledSite, kitParticipant } from '../kits/kit-participants.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
import { approveSite, denySite } from '../sites/decide-site.ts';
import { alreadyDecided, enterApproval, signRequest, type ReadParticipant } from './certify-request.ts';
import { targetFor } from './request-holder.ts';
import { holderIn, requestView, seenRequest } from './request-view.ts';
import { requestFor } from './requests.ts';

/** Looks at the request again where the decision is written: it must be the one that was looked at. */
const requirePending = async (trx: Trx, id: string, version: string): Promise<RequestRow> => {
  const row = await requestById(trx, id);
  if (row === undefined) {
    throw new ApiError('not_found', 'There is no such request.');
  }
  await requireSeen(trx, version, seenRequest(row));
  if (row.state !== 'pending') {
    throw alreadyDecided();
  }
  return row;
};

const isEnrolled = ({ enrolment_token: token }: RequestRow): boolean => token !== '';

/** A site that came with an enrolment token waits together with its request, and is approved with it. */
const participantOf =
  (requester: Requester, row: RequestRow): ReadParticipant =>
  (db) =>
    isEnrolled(row)
      ? enrolledSite(db, row.holder_id, 'pending')
      : kitParticipant(db, requester, targetFor(holderIn(row)));

/** Decides on the site as well that came with the request, unless that was done before. */
const decideItsSite = async (
  trx: Trx,
  row: RequestRow,
  decide: (site: ClientRow) => Promise<void>,
): Promise<void> => {
  const site = isEnrolled(row) ? await clientById(trx, row.holder_id) : undefined;
  if (site !== undefined && approvalOf(site.approval_state) === 'pending') {
    await decide(site);
  }
};

/**
 * Approves exactly the request that was looked at and signs its certificate.
 *
 * @param version of the request that was looked at
 * @throws ApiError `not_found`, `changed`, `conflicting`, `not_approved` for a participant that is not,
 *   `sealed`, `confirmation_required`
 */
export const approveRequest = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
  version: string,
): Promise<RequestView> => {
  const principal = authorizeUser(requester.principal, 'requests.decide');
  await followStoredRoot(context);
  const row = await requestFor(context.db.reader, requester, 'requests.decide', id);
  requirePresence(principal, context.now(), KIT_PRESENCE_MS);
  const read = participantOf(requester, row);
  const signed = await signRequest(context, row, read);
  return change(context, requester, async (trx, audit) => {
    const now = await requirePending(trx, id, version);
    await decideItsSite(trx, now, (site) => approveSite({ trx, audit }, site, context.now()));
    const approval = { row: now, signed, read, decidedBy: principal.email };
    return (await enterApproval(context, { trx, audit }, approval)).view;
  });
};

/**
 * Rejects a request with a reason, which its submitter reads.
 *
 * @param version of the request that was looked at
 * @throws ApiError `not_found`, `changed`, `conflicting`
 */
export const rejectRequest = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
  { version, reason }: { readonly version: string; readonly reason: string },
): Promise<RequestView> => {
  const principal = authorizeUser(requester.principal, 'requests.decide');
  return change(context, requester, async (trx, audit) => {
    const row = await requirePending(trx, id, version);
    const decision = {
      state: 'rejected',
      decided_by: principal.email,
      decided_at: toTimestamp(context.now()),
      reason,
    };
    if (!(await decideRequest(trx, id, decision))) {
      throw alreadyDecided();
    }
    await decideItsSite(trx, row, (site) => denySite({ trx, audit }, site, reason, context.now()));
    const view = requestView(context, { ...row, ...decision }, undefined);
    await audit('request.reject', `request:${view.name}`, { id, reason });
    return view;
  });
};
