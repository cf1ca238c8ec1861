import { createHash, X509Certificate } from 'node:crypto';
import { ApiError } from '../../../contract/errors.ts';
import { KitError } from '../../../kits/kit-error.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { readProject } from '../../store/project.ts';
import { kitError } from '../kits/kit-errors.ts';
import { kitParticipant } from '../kits/kit-participants.ts';
import { kitProject } from '../kits/kit-project.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
import { requireSameLeaf } from './certify-request.ts';
import { requireUsable } from './keyless-kit.ts';
import { noteFetchedKit } from './note-fetched-kit.ts';
import { leavesFor, targetFor } from './request-holder.ts';
import { holderIn, requestView } from './request-view.ts';
import { requestFor } from './requests.ts';
import { requestZip } from './request-zip.ts';

const factsOf = (certificatePem: string) => {
  const certificate = new X509Certificate(certificatePem);
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return {
    certificatePem,
    serial: certificate.serialNumber,
    notAfter: new Date(certificate.validTo),
    publicKeySha256: createHash('sha256').update(spki).digest('hex'),
  };
};

/**
 * Returns `NAME.signed.zip` for `nvflare package`: the certificate that was issued, with server, ports and root CA as
 * they are now.
 *
 * @throws ApiError `not_found`, `sealed`, `conflicting` for a request that is not approved, was none of
 *   `nvflare cert request`, or whose certificate was revoked or no longer fits
 */
export const signedZipOf = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<{ readonly fileName: string; readonly zip: Buffer }> => {
  const db = context.db.reader;
  const row = await requestFor(db, requester, 'requests.read', id);
  if (row.state !== 'approved') {
    throw new ApiError('conflicting', 'This request is not approved.');
  }
  if (row.signed_zip === '') {
    throw new ApiError(
      'conflicting',
      'There is no signed zip for a bare request; its response has the certificate.',
    );
  }
  await requireUsable(context, row.serial);
  await followStoredRoot(context);
  const project = await readProject(db);
  const kit = await kitProject(context, project);
  const target = targetFor(holderIn(row));
  const participant = await kitParticipant(db, requester, target);
  const leaves = leavesFor(kit, participant);
  requireSameLeaf(row, leaves);
  try {
    const certificate = factsOf(row.certificate);
    const zip = await requestZip(context, { row, project, kit, leaf: leaves.own, certificate });
    const { serial } = row;
    await noteFetchedKit(context, { target, serial, form: 'signed_zip', project: kit, participant });
    return { fileName: `${requestView(context, row, undefined).name}.signed.zip`, zip };
  } catch (error) {
    throw error instanceof KitError ? kitError(error) : error;
  }
};
