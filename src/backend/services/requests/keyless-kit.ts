import { buffer } from 'node:stream/consumers';
import { ApiError } from '../../../contract/errors.ts';
import { generateKeylessKit } from '../../../kits/make-kit.ts';
import { KitError } from '../../../kits/kit-error.ts';
import { signContent } from '../../../pki/sign-content.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { readProject } from '../../store/project.ts';
import type { RequestRow } from '../../store/schema.ts';
import { certificatesBySerial } from '../../store/revocations.ts';
import { kitError } from '../kits/kit-errors.ts';
import { kitParticipant } from '../kits/kit-participants.ts';
import { kitProject } from '../kits/kit-project.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
import type { ReadParticipant } from './certify-request.ts';
import { leavesFor, targetFor, type RequestedLeaves } from './request-holder.ts';
import { noteFetchedKit } from './note-fetched-kit.ts';
import { holderIn } from './request-view.ts';
import { requireOwnKey } from './require-own-key.ts';
import { requestFor } from './requests.ts';

/** @throws ApiError `conflicting` for a certificate that was revoked */
export const requireUsable = async (context: ServiceContext, serial: string): Promise<void> => {
  const [certificate] = await certificatesBySerial(context.db.reader, [serial]);
  if (certificate === undefined || certificate.revoked_at !== '') {
    throw new ApiError('conflicting', 'The certificate of this request was revoked.');
  }
};

/** The kit must not speak of names that its certificates do not have. */
const requireSameLeaves = (row: RequestRow, { own, listener }: RequestedLeaves): void => {
  const listens = listener !== undefined;
  if (row.leaf !== JSON.stringify(own) || listens !== (row.listener_certificate !== '')) {
    throw new ApiError(
      'conflicting',
      'The participant has been changed since the certificate was issued. A new request is needed.',
    );
  }
};

/**
 * Makes the kit around the certificate of an approved request, as the project and the participant are now; a
 * script in it puts the key in place.
 *
 * @throws ApiError `conflicting` for a request that is not approved or whose certificate was revoked, `sealed`, and as
 *   `read`
 */
export const keylessKit = async (
  context: ServiceContext,
  row: RequestRow,
  read: ReadParticipant,
): Promise<{ readonly fileName: string; readonly zip: Buffer }> => {
  if (row.state !== 'approved') {
    throw new ApiError('conflicting', 'This request is not approved.');
  }
  await requireUsable(context, row.serial);
  await followStoredRoot(context);
  const { certificatePem, privateKey } = context.rootCa.root();
  const participant = await read(context.db.reader);
  const project = await kitProject(context, await readProject(context.db.reader));
  requireOwnKey(project, holderIn(row));
  requireSameLeaves(row, leavesFor(project, participant));
  try {
    const { fileName, zip } = await generateKeylessKit({
      project,
      participant,
      certificates: { own: row.certificate, listener: row.listener_certificate },
      ca: { rootCertificatePem: certificatePem, sign: (content) => signContent(privateKey, content) },
      now: context.now(),
    });
    const whole = await buffer(zip);
    const { serial } = row;
    await noteFetchedKit(context, {
      target: targetFor(holderIn(row)),
      serial,
      form: 'kit',
      project,
      participant,
    });
    return { fileName, zip: whole };
  } catch (error) {
    throw error instanceof KitError ? kitError(error) : error;
  }
};

/** The kit of a request that the requester may see. @throws ApiError `not_found`, and as {@link keylessKit} */
export const keylessKitOf = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<{ readonly fileName: string; readonly zip: Buffer }> => {
  const row = await requestFor(context.db.reader, requester, 'requests.read', id);
  const target = targetFor(holderIn(row));
  return keylessKit(context, row, (db) => kitParticipant(db, requester, target));
};
