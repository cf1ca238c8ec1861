import type { EnrolmentView } from '../../../contract/api/enrolment.ts';
import { ApiError } from '../../../contract/errors.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { certificatesForKey, requestsForKey } from '../../store/certificate-requests.ts';
import type { Trx } from '../../store/database.ts';
import { readProject } from '../../store/project.ts';
import type { CertificateRow, RequestRow } from '../../store/schema.ts';
import { clientById } from '../../store/sites.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { enrolledSite } from '../kits/kit-participants.ts';
import { kitProject } from '../kits/kit-project.ts';
import { holderOf } from '../names/claimant.ts';
import type { Writers } from '../requests/certify-request.ts';
import { compareRequest } from '../requests/compare-request.ts';
import { readRequest, type ReadRequest } from '../requests/read-request.ts';
import { refusedRequest } from '../requests/refused-request.ts';
import { leavesFor } from '../requests/request-holder.ts';
import { keepRequest } from '../requests/submit-request.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
import { approveAtOnce, requireFittingName, strangerOf, viewOf, type Sent } from './enrol.ts';
import { enrolmentActor, openEnrolmentToken, requireUnexpired } from './open-enrolment-token.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A renewal of the last day is given again: whoever sends the same request asks how far it is. */
const recentOf = async (
  trx: Trx,
  { context, token }: Sent,
  read: ReadRequest,
  first: CertificateRow,
): Promise<RequestRow | undefined> => {
  const since = toTimestamp(new Date(context.now().getTime() - DAY_MS));
  const rows = await requestsForKey(trx, read.csr.publicKeySha256);
  return rows.find(
    (row) =>
      row.enrolment_token === token.id &&
      row.serial !== first.serial &&
      (row.state === 'pending' || row.decided_at > since),
  );
};

/** The site whose certificate of the key is in force: its key stays, its name and organization too. */
const holderOfKey = async (
  trx: Trx,
  { context, token }: Sent,
  { csr }: ReadRequest,
): Promise<{ readonly id: number; readonly first: CertificateRow }> => {
  const certificates = (await certificatesForKey(trx, csr.publicKeySha256)).filter(
    ({ kind }) => kind === 'client',
  );
  const now = toTimestamp(context.now());
  const first = certificates.at(-1);
  const valid = certificates.find((row) => row.not_after > now);
  if (first === undefined || valid === undefined) {
    throw refusedRequest('there is no certificate of this key in force that could be renewed');
  }
  const site = await clientById(trx, valid.holder_id);
  if (
    site === undefined ||
    holderOf('client', site) !== valid.holder ||
    site.name !== csr.commonName ||
    site.organization !== token.organization
  ) {
    throw new ApiError('conflicting', 'The certificate of this key is that of another site.', {
      fields: [{ path: 'request', code: 'taken', message: 'is for the key of another site' }],
    });
  }
  return { id: site.id, first };
};

/**
 * Renews the certificate of a site that has an enrolment token and keeps its key, which it proves by the signature of
 * the request. The token's uses are not counted: no further site comes in.
 *
 * @param request PKCS#10 in PEM or DER
 * @throws ApiError as `enrol`, and `not_approved` for a site that is not
 */
export const renew = async (
  context: ServiceContext,
  requester: Requester,
  text: string | undefined,
  request: Buffer,
): Promise<EnrolmentView> => {
  const token = await openEnrolmentToken(context.db.reader, text);
  requireUnexpired(token, context.now());
  const sent = { context, requester: strangerOf(requester), token };
  const read = await readRequest(request);
  requireFittingName(token, read.csr.commonName);
  await followStoredRoot(context);
  context.rootCa.root();
  const kit = await kitProject(context, await readProject(context.db.reader));
  const keep = async (writers: Writers): Promise<RequestRow> => {
    const now = await openEnrolmentToken(writers.trx, text);
    const { id, first } = await holderOfKey(writers.trx, sent, read);
    const participant = await enrolledSite(writers.trx, id, 'approved');
    const recent = await recentOf(writers.trx, sent, read, first);
    if (recent !== undefined) {
      return recent;
    }
    const { own } = leavesFor(kit, participant);
    compareRequest(read, kit.shortName, own);
    const holder = { kind: 'client', id } as const;
    const submitted = { read, holder, leaf: own, requestedBy: enrolmentActor(now), enrolmentToken: now.id };
    return (await keepRequest(context, writers, submitted)).row;
  };
  const row = await change(
    context,
    sent.requester,
    (trx, audit) => keep({ trx, audit }),
    enrolmentActor(token),
  );
  return viewOf(context, await approveAtOnce(sent, row));
};
