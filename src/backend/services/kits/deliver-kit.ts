import { buffer } from 'node:stream/consumers';
import type { KitRequest } from '../../../contract/api/root-ca.ts';
import type { ZipEncryption } from '../../../contract/zip-encryption.ts';
import { generateKit, type Kit } from '../../../kits/make-kit.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { queueShare } from '../../auth/queue-share.ts';
import { isAllowed } from '../../auth/authorization.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import { KIT_PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { readProject } from '../../store/project.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
import { encryptionPolicyOf } from '../project/project-fields.ts';
import { chooseEncryption, requireAllowed, type KitEncryption } from './choose-encryption.ts';
import { enterCertificate, kitIssuer } from './kit-issuer.ts';
import { kitError } from './kit-errors.ts';
import {
  claimantFor,
  countDelivered,
  kitParticipant,
  participantLabel,
  requireKnownReferences,
  requireUnchanged,
  type KitTarget,
} from './kit-participants.ts';
import { noteIssuedKit } from './issued-kits.ts';
import { kitProject } from './kit-project.ts';

/** A kit on its way out. */
export interface DeliveredKit {
  readonly fileName: string;
  /** The zip: its certificates are in the ledger and the download is counted. */
  readonly zip: Buffer;
  /** The PIN, if the requester brought none. */
  readonly generatedPin: string | undefined;
  readonly encryption: ZipEncryption;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly notAfter: Date;
}

interface KitOrder {
  readonly requester: Requester;
  readonly target: KitTarget;
  readonly encryption: KitEncryption;
  /** Number of the requester's kits under way, this one included. */
  readonly rank: number;
  readonly signal: AbortSignal;
}

interface GeneratedKit {
  readonly kit: Kit;
  readonly zip: Buffer;
}

/**
 * Makes the whole kit, and only then enters its certificates into the ledger and counts it, in one transaction:
 * what fails on the way leaves no trace, and nothing leaves the house before it is written down.
 */
const make = async (
  context: ServiceContext,
  { requester, target, encryption, rank, signal }: KitOrder,
): Promise<GeneratedKit> => {
  await requireCurrent(context.db.reader, requester, context.now());
  const project = await readProject(context.db.reader);
  const participant = await kitParticipant(context.db.reader, requester, target);
  await requireKnownReferences(context.db.reader, participant);
  const ofKit = await kitProject(context, project);
  const { issuer, issued } = kitIssuer({ context, project, rank, signal });
  const { kit, zip } = await context.spans.run('kit files', async () => {
    const generated = await generateKit({
      project: ofKit,
      participant,
      pin: encryption.pin,
      encryption: encryption.encryption,
      issuer,
      now: context.now(),
    });
    return { kit: generated, zip: await buffer(generated.zip) };
  });
  signal.throwIfAborted();
  await change(context, requester, async (trx, audit) => {
    await requireUnchanged(trx, requester, target, participant);
    requireAllowed(encryptionPolicyOf((await readProject(trx)).zip_encryption), encryption);
    const claimant = await claimantFor(trx, target);
    const requestedBy = requester.principal?.email ?? '';
    const entry = { requestedBy, claimant, keyOrigin: 'dashboard', now: context.now() } as const;
    for (const leaf of issued) {
      await enterCertificate(trx, audit, leaf, entry);
    }
    const { serial } = kit.certificate;
    await noteIssuedKit(trx, { target, serial, form: 'kit', project: ofKit, participant });
    await countDelivered(trx, target);
    await audit('kit.download', participantLabel(participant, kit.fileName), { serial });
  });
  return { kit, zip };
};

/** Project admins have everybody's kits; only the own console takes no fresh password. */
const requireKitPresence = (context: ServiceContext, { principal }: Requester, target: KitTarget): void => {
  if (principal === undefined || !isAllowed(principal, 'servers.kit')) {
    return;
  }
  if (target.kind === 'user' && target.id === principal.id) {
    return;
  }
  requirePresence(principal, context.now(), KIT_PRESENCE_MS);
};

/**
 * Makes a participant's startup kit for download. Every kit has a new key and certificate.
 *
 * @param request without a PIN, the backend generates one
 * @param signal ends the wait when the requester has gone
 * @throws ApiError `unauthorized`, `not_found`, `not_approved`, `project_not_frozen`, `sealed`, `invalid` (PIN),
 *   `project_incomplete`, `no_overseer`, `conflicting`, `unavailable` when too many kits are under way
 */
export const deliverKit = async (
  context: ServiceContext,
  requester: Requester,
  target: KitTarget,
  request: KitRequest,
  signal: AbortSignal,
): Promise<DeliveredKit> => {
  await kitParticipant(context.db.reader, requester, target);
  await followStoredRoot(context);
  requireKitPresence(context, requester, target);
  context.rootCa.root();
  const { zip_encryption: policy } = await readProject(context.db.reader);
  const chosen = chooseEncryption(encryptionPolicyOf(policy), request);
  let made: GeneratedKit;
  try {
    made = await context.spans.run(
      'kit',
      () =>
        context.kitResources.queue.run(
          queueShare(requester),
          context.spans.bind((rank: number) =>
            make(context, { requester, target, encryption: chosen, rank, signal }),
          ),
          signal,
        ),
      { 'kit.for': target.kind, 'kit.encryption': chosen.encryption },
    );
  } catch (error) {
    throw kitError(error);
  }
  const { fileName, certificate } = made.kit;
  return {
    fileName,
    zip: made.zip,
    generatedPin: chosen.generated ? chosen.pin : undefined,
    encryption: chosen.encryption,
    serial: certificate.serial,
    notAfter: certificate.notAfter,
  };
};
