import type { EnrolmentView } from '../../../contract/api/enrolment.ts';
import { ApiError } from '../../../contract/errors.ts';
import { fitsPattern } from '../../../contract/name-pattern.ts';
import type { KitProject } from '../../../contract/kit.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { requestById, requestsForKey } from '../../store/certificate-requests.ts';
import type { Trx } from '../../store/database.ts';
import { spendEnrolmentToken } from '../../store/enrolment-tokens.ts';
import { readProject } from '../../store/project.ts';
import type { EnrolmentTokenRow, RequestRow } from '../../store/schema.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { enrolledSite } from '../kits/kit-participants.ts';
import { kitProject } from '../kits/kit-project.ts';
import { enterApproval, signRequest, type Writers } from '../requests/certify-request.ts';
import { compareRequest } from '../requests/compare-request.ts';
import { keylessKit } from '../requests/keyless-kit.ts';
import { readRequest, type ReadRequest } from '../requests/read-request.ts';
import { refusedRequest } from '../requests/refused-request.ts';
import { leavesFor } from '../requests/request-holder.ts';
import { leafIn } from '../requests/request-view.ts';
import { requireOwnKey } from '../requests/require-own-key.ts';
import { keepRequest } from '../requests/submit-request.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
import {
  enrolmentActor,
  openEnrolmentToken,
  requireStillOpen,
  requireUnexpired,
} from './open-enrolment-token.ts';
import { siteToEnrol } from './site-to-enrol.ts';

/** A request as a site sends it, with its enrolment token. */
export interface Sent {
  readonly context: ServiceContext;
  /** Nobody who is logged in: the token alone counts. */
  readonly requester: Requester;
  readonly token: EnrolmentTokenRow;
}

/** A request that has been read, and the project as it was before the transaction. */
interface Submission {
  readonly read: ReadRequest;
  readonly kit: KitProject;
}

export const strangerOf = (requester: Requester): Requester => ({ ...requester, principal: undefined });

export const viewOf = (context: ServiceContext, row: RequestRow): EnrolmentView => {
  const { commonName, organization = '' } = leafIn(row);
  const state = row.state === 'approved' || row.state === 'rejected' ? row.state : 'pending';
  return {
    id: row.id,
    state,
    name: commonName,
    organization,
    reason: row.reason,
    root_certificate: context.rootCa.stored()?.certificatePem ?? '',
    ...(row.certificate === '' ? {} : { certificate: row.certificate, not_after: toHttpDate(row.not_after) }),
  };
};

export const requireFittingName = ({ name_pattern: pattern }: EnrolmentTokenRow, name: string): void => {
  if (!fitsPattern(pattern, name)) {
    throw refusedRequest(
      `the enrolment token is for names such as ${JSON.stringify(pattern)}, not for ${JSON.stringify(name)}`,
    );
  }
};

/** The same key with the same token is the same enrolment, however often its site sends it. */
const earlierOf = async (
  trx: Trx,
  { id }: EnrolmentTokenRow,
  { csr }: ReadRequest,
): Promise<RequestRow | undefined> =>
  (await requestsForKey(trx, csr.publicKeySha256))
    .filter((row) => row.enrolment_token === id && leafIn(row).commonName === csr.commonName)
    .sort((one, other) => (one.created_at < other.created_at ? 1 : -1))[0];

const spend = async (trx: Trx, token: EnrolmentTokenRow, now: Date): Promise<void> => {
  requireUnexpired(token, now);
  if (!(await spendEnrolmentToken(trx, token.id, toTimestamp(now)))) {
    throw new ApiError(
      'unauthorized',
      `All ${token.max_uses} uses of the enrolment token are used up. Ask the project admin for another one.`,
    );
  }
};

const store = async (
  { context, token }: Sent,
  writers: Writers,
  { read, kit }: Submission,
): Promise<RequestRow> => {
  await spend(writers.trx, token, context.now());
  const id = await siteToEnrol(context, writers, token, read.csr.commonName);
  const holder = { kind: 'client', id } as const;
  const participant = await enrolledSite(writers.trx, id, 'pending');
  const { own } = leavesFor(kit, participant);
  compareRequest(read, kit.shortName, own);
  const submitted = { read, holder, leaf: own, requestedBy: enrolmentActor(token), enrolmentToken: token.id };
  return (await keepRequest(context, writers, submitted)).row;
};

/** Signs what the token approves at once. A request that waited for the root key to be unsealed is signed later. */
export const approveAtOnce = async (
  { context, requester, token }: Sent,
  row: RequestRow,
): Promise<RequestRow> => {
  if (token.approval !== 'at_once' || row.state !== 'pending') {
    return row;
  }
  const read = (db: Parameters<typeof enrolledSite>[0]) => enrolledSite(db, row.holder_id, 'approved');
  const signed = await signRequest(context, row, read);
  const actor = enrolmentActor(token);
  return change(
    context,
    requester,
    async (trx, audit) => {
      await requireStillOpen(trx, token);
      const now = await requestById(trx, row.id);
      if (now?.state !== 'pending') {
        return now ?? row;
      }
      return (await enterApproval(context, { trx, audit }, { row: now, signed, read, decidedBy: actor })).row;
    },
    actor,
  );
};

/**
 * Takes the request of a site that has an enrolment token: registers the site, and gives it a certificate at once
 * where the token says so. Sent again, it tells how far it is.
 *
 * @param request zip of `nvflare cert request`, or PKCS#10 in PEM or DER
 * @throws ApiError `unauthenticated`, `unauthorized` for a token that has expired or is used up, `invalid` saying why
 *   the request is refused, `conflicting` for a name that is taken, `project_not_frozen`, `sealed`
 */
export const enrol = async (
  context: ServiceContext,
  requester: Requester,
  text: string | undefined,
  request: Buffer,
): Promise<EnrolmentView> => {
  const token = await openEnrolmentToken(context.db.reader, text);
  const sent = { context, requester: strangerOf(requester), token };
  const read = await readRequest(request);
  requireFittingName(token, read.csr.commonName);
  await followStoredRoot(context);
  if (token.approval === 'at_once' || context.rootCa.state() === 'absent') {
    context.rootCa.root();
  }
  const kit = await kitProject(context, await readProject(context.db.reader));
  requireOwnKey(kit, { kind: 'client' });
  const row = await change(
    context,
    sent.requester,
    async (trx, audit) => {
      const now = await openEnrolmentToken(trx, text);
      return (
        (await earlierOf(trx, now, read)) ?? store({ ...sent, token: now }, { trx, audit }, { read, kit })
      );
    },
    enrolmentActor(token),
  );
  return viewOf(context, await approveAtOnce(sent, row));
};

const enrolmentFor = async (sent: Sent, id: string): Promise<RequestRow> => {
  const row = await requestById(sent.context.db.reader, id);
  if (row?.enrolment_token !== sent.token.id) {
    throw new ApiError('not_found', 'There is no such enrolment.');
  }
  await followStoredRoot(sent.context);
  return sent.context.rootCa.sealed() ? row : approveAtOnce(sent, row);
};

/** Tells how far an enrolment is, also after its token has expired. @throws ApiError `unauthenticated`, `not_found` */
export const getEnrolment = async (
  context: ServiceContext,
  requester: Requester,
  text: string | undefined,
  id: string,
): Promise<EnrolmentView> => {
  const token = await openEnrolmentToken(context.db.reader, text);
  return viewOf(context, await enrolmentFor({ context, requester: strangerOf(requester), token }, id));
};

/** The kit of an approved enrolment, without the key. @throws ApiError as {@link keylessKit} */
export const enrolledKit = async (
  context: ServiceContext,
  requester: Requester,
  text: string | undefined,
  id: string,
): Promise<{ readonly fileName: string; readonly zip: Buffer }> => {
  const token = await openEnrolmentToken(context.db.reader, text);
  const row = await enrolmentFor({ context, requester: strangerOf(requester), token }, id);
  return keylessKit(context, row, (db) => enrolledSite(db, row.holder_id, 'approved'));
};
