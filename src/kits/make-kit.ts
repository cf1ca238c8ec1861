import type { Readable } from 'node:stream';
import type { IssuedLeaf } from '../contract/certificate.ts';
import type { KitIssuer, KitParticipant, KitProject } from '../contract/kit.ts';
import type { ZipEncryption } from '../contract/zip-encryption.ts';
import { Pin } from '../contract/names.ts';
import { KitError } from './kit-error.ts';
import { planKit } from './plan-kit.ts';
import { isAtLeast } from './releases.ts';
import { render } from './render.ts';
import { signFolder } from './sign-folder.ts';
import { SignatureCache } from './signature-cache.ts';
import { zipStream } from './zip.ts';

/** Everything one kit is generated from. */
export interface KitOrder {
  readonly project: KitProject;
  readonly participant: KitParticipant;
  /** Password of the zip; letters and digits. */
  readonly pin: string;
  readonly encryption: ZipEncryption;
  readonly authority: KitIssuer;
  /** Modification time of the files in the zip. */
  readonly now: Date;
}

export interface Kit {
  /** `<participant>.zip`. */
  readonly fileName: string;
  /** The participant's own certificate. */
  readonly certificate: IssuedLeaf;
  /** The zip while it is written; an error destroys the stream. */
  readonly zip: Readable;
}

const signatures = new SignatureCache(256);

/**
 * Generates a participant's startup kit: plans, issues key and certificate, renders, signs, zips.
 * Everything but the zip itself is done when this resolves.
 *
 * @throws KitError for what the project lacks or has wrong; errors of the authority pass through
 */
export const generateKit = async (order: KitOrder): Promise<Kit> => {
  const { project, authority } = order;
  if (!Pin.safeParse(order.pin).success) {
    throw new KitError('pin_invalid', 'the PIN is not made of 4 to 64 letters and digits');
  }
  const plan = planKit(project, order.participant);
  const own = await authority.issue(plan.own);
  const listener = plan.listener === undefined ? undefined : await authority.issue(plan.listener);
  const credentials = { root: authority.rootCertificatePem, own, listener };
  const files = plan.files.map((file) => render(file, credentials));
  const signed = await Promise.all(
    plan.signed.map((folder) => signFolder(folder, files, authority, signatures)),
  );
  const zip = zipStream({
    files: [...files, ...signed],
    folders: plan.folders,
    top: isAtLeast(project.targetRelease, '2.6') ? '' : plan.name,
    password: order.pin,
    encryption: order.encryption,
    time: order.now,
  });
  return { fileName: `${plan.name}.zip`, certificate: own, zip };
};
