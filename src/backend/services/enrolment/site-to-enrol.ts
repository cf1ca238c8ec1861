import { APPROVED, approvalOf, PENDING } from '../../../contract/approval.ts';
import { ApiError } from '../../../contract/errors.ts';
import type { ServiceContext } from '../../context/context.ts';
import { requestsOfHolder } from '../../store/certificate-requests.ts';
import { certificatesOfHolder } from '../../store/certificates.ts';
import type { Trx } from '../../store/database.ts';
import type { EnrolmentTokenRow } from '../../store/schema.ts';
import { clientById } from '../../store/sites.ts';
import { participantsNamed } from '../../store/taken-names.ts';
import { requirePendingRoom } from '../approvals/pending-limits.ts';
import { holderOf } from '../names/claimant.ts';
import { announceRequest } from '../outbox/announce.ts';
import type { Writers } from '../requests/certify-request.ts';
import { registerSite } from '../sites/register-site.ts';
import { creatorOfSite } from '../sites/creator-of-site.ts';

const taken = (message: string): ApiError =>
  new ApiError('conflicting', message, { fields: [{ path: 'request', code: 'taken', message }] });

/** A site that was registered in advance: it must wait for nothing but its first certificate. */
const registered = async (trx: Trx, id: number, token: EnrolmentTokenRow, name: string): Promise<number> => {
  const site = await clientById(trx, id);
  if (site?.organization !== token.organization || site.name !== name) {
    throw taken(`The name ${name} is taken.`);
  }
  if (site.type === 'relay') {
    throw taken(`${name} is a relay; enrolment tokens are for sites.`);
  }
  if (approvalOf(site.approval_state) !== 'approved') {
    throw taken(`The site ${name} is registered already, and not approved.`);
  }
  const holder = holderOf('client', site);
  if ((await certificatesOfHolder(trx, holder)).length > 0) {
    throw taken(
      `The site ${name} has a certificate of another key already; a new key needs the project admin.`,
    );
  }
  if ((await requestsOfHolder(trx, holder)).some(({ state }) => state === 'pending')) {
    throw taken(`Another request for the site ${name} waits for approval already.`);
  }
  return id;
};

/**
 * Returns the site that a certificate is requested for: a new one, or one that was registered in advance and has none
 * yet. An enrolment token never gives anybody the name of a site that is in use.
 *
 * @throws ApiError `conflicting`, `invalid`, `too_many_requests`
 */
export const siteToEnrol = async (
  context: ServiceContext,
  writers: Writers,
  token: EnrolmentTokenRow,
  name: string,
): Promise<number> => {
  const { trx } = writers;
  const [known] = await participantsNamed(trx, [name.toLowerCase()]);
  if (known !== undefined) {
    if (known.kind !== 'client') {
      throw taken(`The name ${name} is taken.`);
    }
    return registered(trx, known.id, token, name);
  }
  const { organization } = token;
  const isAtOnce = token.approval === 'at_once';
  if (!isAtOnce) {
    await requirePendingRoom(trx, 1);
    await announceRequest(context, trx, { kind: 'site', name, organization });
  }
  return registerSite(
    writers,
    {
      name,
      organization,
      capacity: { num_of_gpus: 0, mem_per_gpu_in_GiB: 0 },
      creatorId: await creatorOfSite(trx, token.creator_id),
      approvalState: isAtOnce ? APPROVED : PENDING,
    },
    context.now(),
  );
};
