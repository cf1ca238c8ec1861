import { createHash, X509Certificate } from 'node:crypto';
import type {
  RenewalParticipant,
  RootPlan,
  RootProgress,
  RootRenewal,
} from '../../../contract/api/root-renewal.ts';
import { ApiError } from '../../../contract/errors.ts';
import { CERTIFICATE_KINDS } from '../../../contract/revocation.ts';
import { readOwnRoot } from '../../../pki/own-root/own-root.ts';
import { rootRequest } from '../../../pki/own-root/root-request.ts';
import { renewedRootCertificate } from '../../../pki/root-ca.ts';
import { readRootCertificate } from '../../../pki/root-certificate.ts';
import { publicKeyOf } from '../../../pki/signing-key.ts';
import { authorize, authorizeUser } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Reader, Trx } from '../../store/database.ts';
import {
  certificatesInUse,
  keepEarlierRoot,
  lastEarlierRoot,
  storeRenewedRoot,
} from '../../store/root-renewal.ts';
import { readProject } from '../../store/project.ts';
import type { CertificateRow, ProjectRow } from '../../store/schema.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { followStoredRoot } from './follow-stored-root.ts';
import { refusingFields } from './prepared-root.ts';

const DAY_MS = 86_400_000;

const participant = (row: CertificateRow): RenewalParticipant => ({
  kind: CERTIFICATE_KINDS.find((kind) => kind === row.kind) ?? 'client',
  name: row.common_name,
  organization: row.organization,
  serial: row.serial,
  not_after: toHttpDate(row.not_after),
  key_origin: row.key_origin === 'site' ? 'site' : 'dashboard',
});

const factsOf = (pem: string) => {
  const certificate = new X509Certificate(pem);
  return {
    fingerprint_sha256: certificate.fingerprint256,
    not_after: new Date(certificate.validTo).toUTCString(),
  };
};

const progressIn = async (
  context: ServiceContext,
  db: Reader | Trx,
  certificatePem: string,
): Promise<RootProgress> => {
  const { sha256 } = readRootCertificate(certificatePem);
  const rows = await certificatesInUse(db, toTimestamp(context.now()));
  const earlier = await lastEarlierRoot(db);
  const waiting = earlier === undefined ? [] : rows.filter(({ root_sha256: root }) => root !== sha256);
  return {
    root: factsOf(certificatePem),
    ...(earlier === undefined
      ? {}
      : { earlier: { ...factsOf(earlier.certificate), replaced_at: toHttpDate(earlier.replaced_at) } }),
    total: rows.length,
    renewed: rows.length - waiting.length,
    waiting: waiting.map(participant),
  };
};

/** Returns who still has the root certificate of before. @throws ApiError `unauthorized`, `project_not_frozen` */
export const rootProgress = async (context: ServiceContext, requester: Requester): Promise<RootProgress> => {
  authorize(requester.principal, 'root_renewal.plan');
  await followStoredRoot(context);
  const stored = context.rootCa.stored();
  if (stored === undefined) {
    throw new ApiError('project_not_frozen', 'The project is not frozen yet, so it has no root CA.');
  }
  return progressIn(context, context.db.reader, stored.certificatePem);
};

const planIn = async (
  context: ServiceContext,
  db: Reader | Trx,
  project: ProjectRow,
  renewal: RootRenewal,
): Promise<RootPlan> => {
  const { certificatePem, privateKey } = context.rootCa.root();
  const rows = await certificatesInUse(db, toTimestamp(context.now()));
  const kits = rows.map(participant);
  const signed = project.root_chain !== '';
  const days = renewal.valid_days ?? project.root_valid_days;
  const content = { root: certificatePem, serials: kits.map(({ serial }) => serial) };
  return {
    version: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
    before: factsOf(certificatePem),
    not_after:
      renewal.certificate === undefined
        ? new Date(context.now().getTime() + days * DAY_MS).toUTCString()
        : factsOf(renewal.certificate).not_after,
    kits,
    ...(signed ? { request: await rootRequest(project.short_name, privateKey) } : {}),
  };
};

/** The next certificate, self-signed or as another CA signed it. */
const nextCertificate = async (
  context: ServiceContext,
  project: ProjectRow,
  { certificate, valid_days: days = project.root_valid_days }: RootRenewal,
): Promise<{ readonly certificatePem: string; readonly chainPem: string }> => {
  const { certificatePem, privateKey } = context.rootCa.root();
  const now = context.now();
  const commonName = project.short_name;
  if (certificate !== undefined) {
    const fit = { publicKey: publicKeyOf(privateKey), commonName, now };
    const next = refusingFields('certificate', () => readOwnRoot(certificate, fit));
    if (new X509Certificate(next.certificatePem).subject !== new X509Certificate(certificatePem).subject) {
      throw new ApiError('invalid', 'The certificate has another subject than the present one.', {
        fields: [{ path: 'certificate', code: 'root_wrong_name', message: 'has another subject' }],
      });
    }
    return next;
  }
  if (project.root_chain !== '') {
    throw new ApiError('invalid', 'Another CA signed the root CA: have it sign the next certificate too.', {
      fields: [{ path: 'certificate', code: 'missing', message: 'is missing' }],
    });
  }
  const request = { commonName, validDays: days, now };
  return {
    certificatePem: await renewedRootCertificate(certificatePem, request, privateKey),
    chainPem: '',
  };
};

/**
 * Returns what a renewal of the root CA concerns; nothing changes.
 *
 * @throws ApiError `unauthorized`, `project_not_frozen`, `sealed`, `invalid` for a certificate that cannot be used
 */
export const planRootRenewal = async (
  context: ServiceContext,
  requester: Requester,
  renewal: RootRenewal,
): Promise<RootPlan> => {
  authorize(requester.principal, 'root_renewal.plan');
  const project = await followStoredRoot(context);
  if (renewal.certificate !== undefined) {
    await nextCertificate(context, project, renewal);
  }
  return planIn(context, context.db.reader, project, renewal);
};

/**
 * Gives the root CA its next certificate, for the same key: what was issued before stays valid, and both root
 * certificates verify what either has signed until the former one expires.
 *
 * @throws ApiError as {@link planRootRenewal}; `changed` when the plan would be another one by now,
 *   `confirmation_required`
 */
export const renewRoot = async (
  context: ServiceContext,
  requester: Requester,
  { version, ...renewal }: RootRenewal & { readonly version: string },
): Promise<RootProgress> => {
  requirePresence(authorizeUser(requester.principal, 'root_renewal.apply'), context.now(), PRESENCE_MS);
  const before = await followStoredRoot(context);
  const next = await nextCertificate(context, before, renewal);
  const former = context.rootCa.root().certificatePem;
  const progress = await change(context, requester, async (trx, audit) => {
    const project = await readProject(trx);
    const plan = await planIn(context, trx, project, renewal);
    if (plan.version !== version || Buffer.from(project.root_cert ?? '').toString('utf8') !== former) {
      throw new ApiError('changed', 'Something has changed since the plan was made. Look at the new plan.');
    }
    const { sha256, notAfter } = readRootCertificate(former);
    await keepEarlierRoot(trx, {
      sha256,
      certificate: former,
      not_after: toTimestamp(notAfter),
      replaced_at: toTimestamp(context.now()),
    });
    await storeRenewedRoot(trx, next.certificatePem, next.chainPem);
    await audit('authority.renew', 'authority', { sha256: readRootCertificate(next.certificatePem).sha256 });
    return progressIn(context, trx, next.certificatePem);
  });
  await followStoredRoot(context);
  return progress;
};
