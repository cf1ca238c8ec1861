import { randomBytes } from 'node:crypto';
import type { RequestHolder, RequestSubmit, RequestView } from '../../../contract/api/requests.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { dropPendingRequests, insertRequest, requestByRequestId } from '../../store/certificate-requests.ts';
import type { Trx } from '../../store/database.ts';
import { readProject } from '../../store/project.ts';
import type { RequestRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { claimantFor, kitParticipant, requireUnchanged } from '../kits/kit-participants.ts';
import { kitProject } from '../kits/kit-project.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
import type { Writers } from './certify-request.ts';
import { compareRequest, type RequestableLeaf } from './compare-request.ts';
import { keyHistory } from './key-history.ts';
import { readRequest, type ReadRequest } from './read-request.ts';
import { refusedRequest } from './refused-request.ts';
import { holderNamed, leavesFor, targetFor } from './request-holder.ts';
import { requireOwnKey } from './require-own-key.ts';
import { requestView } from './request-view.ts';

const ID_BYTES = 16;
const WAITED: Readonly<Record<string, string>> = {
  pending: 'This request waits for approval already.',
  approved: 'This request was approved before; generate another one.',
  rejected: 'This request was rejected before; generate another one.',
};

const requireNew = async (trx: Trx, requestId: string): Promise<void> => {
  const before = await requestByRequestId(trx, requestId);
  if (before !== undefined) {
    throw new ApiError('conflicting', WAITED[before.state] ?? 'This request was submitted before.', {
      fields: [{ path: 'request', code: 'duplicate', message: 'was submitted before' }],
    });
  }
};

const UNDECIDED = {
  state: 'pending',
  decided_by: '',
  decided_at: '',
  reason: '',
  serial: '',
  not_after: '',
  certificate: '',
  listener_certificate: '',
  signed_zip: '',
} as const;

/** A request that has been read and compared with the project. */
export interface NewRequest {
  readonly read: ReadRequest;
  readonly holder: RequestHolder;
  readonly leaf: RequestableLeaf;
  /** E-mail, or name of an enrolment token. */
  readonly requestedBy: string;
  /** Empty: somebody who was logged in submitted it. */
  readonly enrolmentToken: string;
}

/**
 * Keeps a request until it is decided; an earlier one of the same holder that still waits gives way.
 *
 * @throws ApiError `conflicting` for one that was submitted before, `invalid` for a key of somebody else or of a
 *   revoked certificate
 */
export const keepRequest = async (
  context: ServiceContext,
  { trx, audit }: Writers,
  { read, holder, leaf, requestedBy, enrolmentToken }: NewRequest,
): Promise<{ readonly row: RequestRow; readonly renews: string | undefined }> => {
  const id = randomBytes(ID_BYTES).toString('hex');
  const claimant = await claimantFor(trx, targetFor(holder));
  const requestId = read.envelope?.claims.request_id.toLowerCase() ?? id;
  await requireNew(trx, requestId);
  const { renews } = await keyHistory(trx, read.csr.publicKeySha256, claimant.holder);
  const row: RequestRow = {
    id,
    request_id: requestId,
    form: read.envelope === undefined ? 'pkcs10' : 'nvflare',
    holder_kind: holder.kind,
    holder_id: holder.id,
    holder: claimant.holder,
    leaf: JSON.stringify(leaf),
    csr: read.csrBytes.toString('base64'),
    csr_sha256: read.csrSha256,
    key_bits: read.csr.keyBits,
    public_key_sha256: read.csr.publicKeySha256,
    requested_by: requestedBy,
    enrolment_token: enrolmentToken,
    created_at: toTimestamp(context.now()),
    ...UNDECIDED,
  };
  await dropPendingRequests(trx, row);
  await insertRequest(trx, row);
  await audit('request.submit', `${leaf.kind}:${leaf.commonName}`, {
    id,
    public_key_sha256: row.public_key_sha256,
    ...(enrolmentToken === '' ? {} : { enrolment_token: enrolmentToken }),
  });
  return { row, renews };
};

/**
 * Takes a request for a certificate, which then waits for the project admin. Everything in it is compared with the
 * project, and its signature shows that whoever made it holds the key. An earlier one that still waits gives way.
 *
 * @throws ApiError `invalid` saying why it is refused, `conflicting` for one that was submitted before,
 *   `project_not_frozen`, and as {@link kitParticipant} when the requester may not have the participant's kit
 */
export const submitRequest = async (
  context: ServiceContext,
  requester: Requester,
  { request, holder: expected }: RequestSubmit,
): Promise<RequestView> => {
  const principal = authorizeUser(requester.principal, 'requests.submit', 'own');
  const read = await readRequest(Buffer.from(request, 'base64'));
  await followStoredRoot(context);
  if (context.rootCa.state() === 'absent') {
    context.rootCa.root();
  }
  const project = await readProject(context.db.reader);
  const holder = await holderNamed(context.db.reader, project, read.csr.commonName, expected);
  const target = targetFor(holder);
  const participant = await kitParticipant(context.db.reader, requester, target);
  const kit = await kitProject(context, project);
  requireOwnKey(kit, holder);
  if (participant.kind === 'relay' && read.envelope !== undefined) {
    throw refusedRequest(
      `${participant.name} is a relay, for which nvflare package makes no kit; submit a bare certificate signing request`,
    );
  }
  const { own } = leavesFor(kit, participant);
  compareRequest(read, project.short_name, own);
  return change(context, requester, async (trx, audit) => {
    await requireUnchanged(trx, requester, target, participant);
    const submitted = { read, holder, leaf: own, requestedBy: principal.email, enrolmentToken: '' };
    const { row, renews } = await keepRequest(context, { trx, audit }, submitted);
    return requestView(context, row, renews);
  });
};
