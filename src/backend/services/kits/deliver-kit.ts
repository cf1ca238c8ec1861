import { buffer } from 'node:stream/consumers';
import { ApiError } from '../../../contract/errors.ts';
import { Pin } from '../../../contract/names.ts';
import { generateKit, type Kit } from '../../../kits/make-kit.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { queueShare } from '../../auth/queue-share.ts';
import { generatePin } from '../../kits/generated-pin.ts';
import { isAllowed } from '../../auth/authorization.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import { KIT_PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { readProject } from '../../store/project.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
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
import { kitProject } from './kit-project.ts';

/** A kit on its way out. */
export interface DeliveredKit {
  readonly fileName: string;
  /** The zip: its certificates are in the ledger and the download is counted. */
  readonly zip: Buffer;
  /** The PIN, if the requester brought none. */
  readonly generatePin: string | undefined;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly notAfter: Date;
}

const requestedPin = (pin: string | undefined): { readonly pin: string; readonly made: boolean } => {
  if (pin === undefined) {
    return { pin: generatePin(), made: true };
  }
  const checked = Pin.safeParse(pin);
  const issue = checked.error?.issues[0];
  if (issue === undefined) {
    return { pin, made: false };
  }
  throw new ApiError('invalid', `pin ${issue.message}`, {
    fields: [{ path: 'pin', message: issue.message }],
  });
};

interface KitOrder {
  readonly requester: Requester;
  readonly target: KitTarget;
  readonly pin: string;
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
  { requester, target, pin, rank, signal }: KitOrder,
): Promise<GeneratedKit> => {
  await requireCurrent(context.db.reader, requester, context.now());
  const project = await readProject(context.db.reader);
  const participant = await kitParticipant(context.db.reader, requester, target);
  await requireKnownReferences(context.db.reader, participant);
  const { authority, issued } = kitIssuer({ context, project, rank, signal });
  const kit = await generateKit({
    project: await kitProject(context, project),
    participant,
    pin,
    authority,
    now: context.now(),
  });
  const zip = await buffer(kit.zip);
  signal.throwIfAborted();
  await change(context, requester, async (trx, audit) => {
    await requireUnchanged(trx, requester, target, participant);
    const claimant = await claimantFor(trx, target);
    const entry = { requester, claimant, keyOrigin: 'dashboard', now: context.now() } as const;
    for (const leaf of issued) {
      await enterCertificate(trx, audit, leaf, entry);
    }
    await countDelivered(trx, target);
    await audit('kit.download', participantLabel(participant, kit.fileName), {
      serial: kit.certificate.serial,
    });
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
 * @param pin undefined lets the server make one
 * @param signal ends the wait when the requester has gone
 * @throws ApiError `unauthorized`, `not_found`, `not_approved`, `project_not_frozen`, `sealed`, `invalid` (PIN),
 *   `project_incomplete`, `no_overseer`, `conflicting`, `unavailable` when too many kits are under way
 */
export const deliverKit = async (
  context: ServiceContext,
  requester: Requester,
  target: KitTarget,
  pin: string | undefined,
  signal: AbortSignal,
): Promise<DeliveredKit> => {
  await kitParticipant(context.db.reader, requester, target);
  await followStoredRoot(context);
  requireKitPresence(context, requester, target);
  context.authority.root();
  const chosen = requestedPin(pin);
  let made: GeneratedKit;
  try {
    made = await context.kitResources.queue.run(
      queueShare(requester),
      (rank) => make(context, { requester, target, pin: chosen.pin, rank, signal }),
      signal,
    );
  } catch (error) {
    throw kitError(error);
  }
  const { fileName, certificate } = made.kit;
  return {
    fileName,
    zip: made.zip,
    generatePin: chosen.made ? chosen.pin : undefined,
    serial: certificate.serial,
    notAfter: certificate.notAfter,
  };
};
