import type { RequestView } from '../../../contract/api/requests.ts';
import type { IssuedCertificate, LeafRequest } from '../../../contract/certificate.ts';
import { ApiError } from '../../../contract/errors.ts';
import { KitError } from '../../../kits/kit-error.ts';
import { signedZip } from '../../../kits/signed-zip.ts';
import { readCertificateRequest, type CertificateRequest } from '../../../pki/certificate-request.ts';
import { issueCertificate } from '../../../pki/issue-leaf.ts';
import { PkiError } from '../../../pki/pki-error.ts';
import { signContent } from '../../../pki/sign-content.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { KIT_PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type AuditWriter, type ServiceContext } from '../../context/context.ts';
import { decideRequest, requestById } from '../../store/certificate-requests.ts';
import type { Trx } from '../../store/database.ts';
import { readProject } from '../../store/project.ts';
import type { RequestRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { requireSeen } from '../approvals/seen-version.ts';
import { kitError } from '../kits/kit-errors.ts';
import { enterCertificate } from '../kits/kit-issuer.ts';
import {
  claimantFor,
  countDelivered,
  kitParticipant,
  requireUnchanged,
  type KitTarget,
} from '../kits/kit-participants.ts';
import { kitProject } from '../kits/kit-project.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
import { keyHistory } from './key-history.ts';
import { leavesFor, targetFor, type RequestedLeaves } from './request-holder.ts';
import { fingerprintOf, holderIn, requestView, seenRequest } from './request-view.ts';
import { requireOwnKey } from './require-own-key.ts';
import { requestFor } from './requests.ts';

const alreadyDecided = (): ApiError =>
  new ApiError('conflicting', 'Somebody has decided on this request.', {
    fields: [{ path: 'state', code: 'changed', message: 'is not pending any more' }],
  });

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

/** Certificates that are signed, but not yet in the ledger. */
interface Signed {
  readonly own: IssuedCertificate;
  readonly listener: IssuedCertificate | undefined;
  /** Base64; empty for a bare request. */
  readonly zip: string;
}

/** The participant must still be what the request was submitted for: that is what was looked at. */
const requireSameLeaf = (row: RequestRow, { own }: RequestedLeaves): void => {
  if (row.leaf !== JSON.stringify(own)) {
    throw new ApiError(
      'conflicting',
      'The participant has been changed since the request was submitted. A new request is needed.',
      { fields: [{ path: 'request', code: 'changed', message: 'is not for what the participant is now' }] },
    );
  }
};

const sign = async (
  context: ServiceContext,
  row: RequestRow,
  { requester, target }: { readonly requester: Requester; readonly target: KitTarget },
): Promise<Signed & { readonly participant: Awaited<ReturnType<typeof kitParticipant>> }> => {
  const root = context.authority.root();
  const project = await readProject(context.db.reader);
  const participant = await kitParticipant(context.db.reader, requester, target);
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
  const { commonName: name, organization: org = '', role } = leaves.own;
  const kinds = { client: 'site', server: 'server', admin: 'user' } as const;
  const zip = await signedZip({
    project: kit,
    claims: {
      request_id: row.request_id,
      project: project.short_name,
      name,
      org,
      kind: kinds[kind],
      cert_type: role ?? kind,
      cert_role: role ?? null,
      csr_sha256: row.csr_sha256,
    },
    participant: { name, type: kind, org, role },
    certificate: own,
    ca: {
      rootCertificatePem: root.certificatePem,
      sign: (content) => signContent(root.privateKey, content),
    },
    rootFingerprint: fingerprintOf(root.certificatePem),
    now: context.now(),
  });
  return { participant, own, listener, zip: zip.toString('base64') };
};

const enter = async (
  context: ServiceContext,
  {
    trx,
    audit,
    requester,
  }: { readonly trx: Trx; readonly audit: AuditWriter; readonly requester: Requester },
  row: RequestRow,
  { own, listener }: Signed,
): Promise<string | undefined> => {
  const target = targetFor(holderIn(row));
  const claimant = await claimantFor(trx, target);
  if (claimant.holder !== row.holder) {
    throw new ApiError('not_found', 'The participant does not exist any more.');
  }
  const { renews, origin } = await keyHistory(trx, row.public_key_sha256, row.holder);
  const entry = { requester, claimant, keyOrigin: origin, now: context.now() };
  for (const leaf of listener === undefined ? [own] : [own, listener]) {
    await enterCertificate(trx, audit, leaf, entry);
  }
  await countDelivered(trx, target);
  return renews;
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
  const target = targetFor(holderIn(row));
  const signed = await sign(context, row, { requester, target }).catch((error: unknown) => {
    throw error instanceof KitError || error instanceof PkiError ? kitError(error) : error;
  });
  return change(context, requester, async (trx, audit) => {
    const now = await requirePending(trx, id, version);
    await requireUnchanged(trx, requester, target, signed.participant);
    const renews = await enter(context, { trx, audit, requester }, now, signed);
    const decision = {
      state: 'approved',
      decided_by: principal.email,
      decided_at: toTimestamp(context.now()),
      serial: signed.own.serial,
      not_after: toTimestamp(signed.own.notAfter),
      certificate: signed.own.certificatePem,
      listener_certificate: signed.listener?.certificatePem ?? '',
      signed_zip: signed.zip,
    };
    if (!(await decideRequest(trx, id, decision))) {
      throw alreadyDecided();
    }
    await audit('request.approve', `${signed.own.kind}:${signed.own.commonName}`, {
      id,
      serial: signed.own.serial,
      public_key_sha256: row.public_key_sha256,
    });
    return requestView(context, { ...now, ...decision }, renews);
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
    const view = requestView(context, { ...row, ...decision }, undefined);
    await audit('request.reject', `request:${view.name}`, { id, reason });
    return view;
  });
};
