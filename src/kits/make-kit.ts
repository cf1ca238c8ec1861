import type { Readable } from 'node:stream';
import type { IssuedLeaf } from '../contract/certificate.ts';
import type { KitIssuer, KitParticipant, KitProject } from '../contract/kit.ts';
import type { ZipEncryption } from '../contract/zip-encryption.ts';
import { isAtLeast, profileOf, type TargetRelease } from '../contract/releases.ts';
import { Pin } from '../contract/names.ts';
import { KitError } from './kit-error.ts';
import type { KitPlan, RenderedFile } from './kit-file.ts';
import { script } from './participants/common.ts';
import { KNOWN_SIGNATURES } from './known-signatures.ts';
import { planKit } from './plan-kit.ts';
import { render } from './render.ts';
import { signFolder } from './sign-folder.ts';
import { PLACE_KEY_SH } from './templates/place-key-sh.ts';
import { zipStream } from './zip.ts';

/** Everything one kit is generated from. */
export interface KitOrder {
  readonly project: KitProject;
  readonly participant: KitParticipant;
  /** Password of the zip; letters and digits. */
  readonly pin: string;
  readonly encryption: ZipEncryption;
  readonly issuer: KitIssuer;
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

/** The top folder that the release's kits have in their zip. */
const topOf = (project: KitProject, plan: KitPlan): string =>
  isAtLeast(project.targetRelease, '2.6') ? '' : plan.name;

/**
 * Generates a participant's startup kit: plans, issues key and certificate, renders, signs, zips.
 * Everything but the zip itself is done when this resolves.
 *
 * @throws KitError for what the project lacks or has wrong; errors of the issuer pass through
 */
export const generateKit = async (order: KitOrder): Promise<Kit> => {
  const { project, issuer } = order;
  if (!Pin.safeParse(order.pin).success) {
    throw new KitError('pin_invalid', 'the PIN is not made of 4 to 64 letters and digits');
  }
  const plan = planKit(project, order.participant);
  const own = await issuer.issue(plan.own);
  const listener = plan.listener === undefined ? undefined : await issuer.issue(plan.listener);
  const jobCa = plan.jobCa === undefined ? undefined : await issuer.issue(plan.jobCa);
  const credentials = { root: issuer.rootCertificatePem, own, listener, jobCa };
  const files = plan.files.map((file) => render(file, credentials));
  const signed = await Promise.all(
    plan.signed.map((folder) => signFolder(folder, files, issuer, KNOWN_SIGNATURES)),
  );
  const zip = zipStream({
    files: [...files, ...signed],
    folders: plan.folders,
    top: topOf(project, plan),
    password: order.pin,
    encryption: order.encryption,
    time: order.now,
  });
  return { fileName: `${plan.name}.zip`, certificate: own, zip };
};

/** Describes what a kit around a key that stays elsewhere is made from. */
export interface KeylessKitOrder {
  readonly project: KitProject;
  readonly participant: KitParticipant;
  /** PEM of the certificates that were issued for that key. */
  readonly certificates: { readonly own: string; readonly listener: string };
  readonly ca: Pick<KitIssuer, 'rootCertificatePem' | 'sign'>;
  readonly now: Date;
}

/** A job CA has a key of its own, which cannot come from elsewhere: without it no job runs. */
const KEY = /\.key$|\/job_ca\./;
const SIGNED_KEY = /^ {3}\S+\.key\n/gm;

/**
 * Up to 2.7 NVFLARE requires signature.json; later it starts without, but where there is one it requires that the key
 * is signed too, which would have to come here for that.
 */
const manifestOf = (release: TargetRelease): string =>
  profileOf(release) === 'plain' ? 'kit-signatures.json' : 'signature.json';

const withManifest = (manifest: string, file: RenderedFile): RenderedFile =>
  file.path === 'readme.txt'
    ? {
        ...file,
        content: Buffer.from(
          file.content.toString('utf8').replace(SIGNED_KEY, '').replaceAll('signature.json', manifest),
        ),
      }
    : { ...file, path: file.path.replace(/signature\.json$/, manifest) };

/**
 * Generates the kit of a participant without any key, and with a script that puts the participant's own key in place.
 * It holds no secret, so its zip is not encrypted.
 *
 * @throws KitError for what the project lacks or has wrong
 */
export const generateKeylessKit = async (order: KeylessKitOrder): Promise<Omit<Kit, 'certificate'>> => {
  const { project, ca, certificates, now } = order;
  const plan = planKit(project, order.participant);
  const credential = (certificatePem: string) => ({ certificatePem, privateKeyPem: '' });
  const credentials = {
    root: ca.rootCertificatePem,
    own: credential(certificates.own),
    listener: credential(certificates.listener),
    jobCa: undefined,
  };
  const manifest = manifestOf(project.targetRelease);
  const files = [...plan.files, script('place-key.sh', PLACE_KEY_SH)]
    .filter(({ path }) => !KEY.test(path))
    .map((file) => render(file, credentials));
  const signed = await Promise.all(
    plan.signed.map((folder) => signFolder(folder, files, ca, KNOWN_SIGNATURES)),
  );
  const zip = zipStream({
    files: [...files, ...signed].map((file) => withManifest(manifest, file)),
    folders: plan.folders,
    top: topOf(project, plan),
    password: '',
    encryption: 'none',
    time: now,
  });
  return { fileName: `${plan.name}.zip`, zip };
};
