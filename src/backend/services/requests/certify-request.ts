import type { RequestView } from '../../../contract/api/requests.ts';
import type { IssuedCertificate, LeafRequest } from '../../../contract/certificate.ts';
import { ApiError } from '../../../contract/errors.ts';
import type { KitParticipant } from '../../../contract/kit.ts';
import { KitError } from '../../../kits/kit-error.ts';
import { readCertificateRequest, type CertificateRequest } from '../../../pki/certificate-request.ts';
import { issueCertificate } from '../../../pki/issue-leaf.ts';
import { PkiError } from '../../../pki/pki-error.ts';
import type { AuditWriter, ServiceContext } from '../../context/context.ts';
import { decideRequest } from '../../store/certificate-requests.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { readProject } from '../../store/project.ts';
import type { RequestRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { kitError } from '../kits/kit-errors.ts';
import { enterCertificate } from '../kits/kit-issuer.ts';
import { claimantFor, countDelivered, requireSame } from '../kits/kit-participants.ts';
import { kitProject } from '../kits/kit-project.ts';
import { keyHistory } from './key-history.ts';
import { leavesFor, targetFor, type RequestedLeaves } from './request-holder.ts';
import { holderIn, requestView } from './request-view.ts';
import { requestZip } from './request-zip.ts';
import { requireOwnKey } from './require-own-key.ts';

export const alreadyDecided = (): ApiError =>
  new ApiError('conflicting', 'Somebody has decided on this request.', {
    fields: [{ path: 'state', code: 'changed', message: 'is not pending any more' }],
  });

/** Reads the participant of a request as it is now, if it may have a certificate. */
export type ReadParticipant = (db: Reader | Trx) => Promise<KitParticipant>;

/** Certificates that are signed, but not yet in the ledger. */
interface Signed {
  readonly participant: KitParticipant;
  readonly own: IssuedCertificate;
  readonly listener: IssuedCertificate | undefined;
  /** Base64; empty for a bare request. */
  readonly zip: string;
}

/** The participant must still be what the request was submitted for: that is what was looked at. */
export const requireSameLeaf = (row: RequestRow, { own }: RequestedLeaves): void => {
  if (row.leaf !== JSON.stringify(own)) {
    throw new ApiError(
      'conflicting',
      'The participant has been changed since the request was submitted. A new request is needed.',
      { fields: [{ path: 'request', code: 'changed', message: 'is not for what the participant is now' }] },
    );
  }
};

const sign = async (context: ServiceContext, row: RequestRow, read: ReadParticipant): Promise<Signed> => {
  const root = context.rootCa.root();
  const project = await readProject(context.db.reader);
  const participant = await read(context.db.reader);
  const kit = await kitProject(context, project);
  requireOwnKey(kit, holderIn(row));
  const leaves = leavesFor(kit, participant);
  requireSameLeaf(row, leaves);
  const csr: CertificateRequest = readCertificateRequest(Buffer.from(row.csr, 'base64'));
  const issue = (request: LeafRequest): Promise<IssuedCertificate> =>
    issueCertificate({
      root,
      request,
      publicKeyDer: csr.publicKeyDer,
      validDays: project.leaf_valid_days,
      now: context.now(),
    });
  const { kind } = leaves.own;
  const typed = row.form === 'nvflare' && kind !== 'admin' ? { certificateType: kind } : {};
  const own = await issue({ ...leaves.own, ...typed });
  const listener = leaves.listener === undefined ? undefined : await issue(leaves.listener);
  if (row.form !== 'nvflare') {
    return { participant, own, listener, zip: '' };
  }
  const zip = await requestZip(context, { row, project, kit, leaf: leaves.own, certificate: own });
  return { participant, own, listener, zip: zip.toString('base64') };
};

/**
 * Signs the certificates of a request. Nothing is issued before {@link enterApproval}.
 *
 * @throws ApiError `conflicting`, `sealed`, and as `read`
 */
export const signRequest = async (
  context: ServiceContext,
  row: RequestRow,
  read: ReadParticipant,
): Promise<Signed> => {
  try {
    return await sign(context, row, read);
  } catch (error) {
    throw error instanceof KitError || error instanceof PkiError ? kitError(error) : error;
  }
};

const enter = async (
  context: ServiceContext,
  { trx, audit }: Writers,
  row: RequestRow,
  { own, listener }: Signed,
  requestedBy: string,
): Promise<string | undefined> => {
  const target = targetFor(holderIn(row));
  const claimant = await claimantFor(trx, target);
  if (claimant.holder !== row.holder) {
    throw new ApiError('not_found', 'The participant does not exist any more.');
  }
  const { renews, origin } = await keyHistory(trx, row.public_key_sha256, row.holder);
  const entry = { requestedBy, claimant, keyOrigin: origin, now: context.now() };
  for (const leaf of listener === undefined ? [own] : [own, listener]) {
    await enterCertificate(trx, audit, leaf, entry);
  }
  await countDelivered(trx, target);
  return renews;
};

export interface Writers {
  readonly trx: Trx;
  readonly audit: AuditWriter;
}

/** An approval to be written. */
export interface Approval {
  /** As it is in this transaction. */
  readonly row: RequestRow;
  readonly signed: Signed;
  readonly read: ReadParticipant;
  /** E-mail, or name of an enrolment token. */
  readonly decidedBy: string;
}

/**
 * Enters the certificates of a request into the ledger, and the decision with them.
 *
 * @throws ApiError `conflicting` where the participant or the request is not what it was
 */
export const enterApproval = async (
  context: ServiceContext,
  { trx, audit }: Writers,
  { row, signed, read, decidedBy }: Approval,
): Promise<{ readonly row: RequestRow; readonly view: RequestView }> => {
  requireSame(signed.participant, await read(trx));
  const renews = await enter(context, { trx, audit }, row, signed, decidedBy);
  const decision = {
    state: 'approved',
    decided_by: decidedBy,
    decided_at: toTimestamp(context.now()),
    serial: signed.own.serial,
    not_after: toTimestamp(signed.own.notAfter),
    certificate: signed.own.certificatePem,
    listener_certificate: signed.listener?.certificatePem ?? '',
    signed_zip: signed.zip,
  };
  if (!(await decideRequest(trx, row.id, decision))) {
    throw alreadyDecided();
  }
  await audit('request.approve', `${signed.own.kind}:${signed.own.commonName}`, {
    id: row.id,
    serial: signed.own.serial,
    public_key_sha256: row.public_key_sha256,
  });
  const approved = { ...row, ...decision };
  return { row: approved, view: requestView(context, approved, renews) };
};
