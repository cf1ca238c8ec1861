import { buffer } from 'node:stream/consumers';
import { ApiError } from '../../domain/errors.ts';
import { Pin } from '../../domain/names.ts';
import { makeKit, type Kit } from '../../kits/make-kit.ts';
import { change, type ServiceContext } from '../context.ts';
import { madePin } from '../kits/made-pin.ts';
import type { Asker } from '../principal.ts';
import { readProject } from '../store/project.ts';
import { enterCertificate, kitAuthority } from './kit-authority.ts';
import { kitFault } from './kit-faults.ts';
import {
  countDelivered,
  kitParticipant,
  participantLabel,
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
  readonly madePin: string | undefined;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly notAfter: Date;
}

const requestedPin = (pin: string | undefined): { readonly pin: string; readonly made: boolean } => {
  if (pin === undefined) return { pin: madePin(), made: true };
  const checked = Pin.safeParse(pin);
  const issue = checked.error?.issues[0];
  if (issue === undefined) return { pin, made: false };
  throw new ApiError('invalid', `pin ${issue.message}`, {
    fields: [{ path: 'pin', message: issue.message }],
  });
};

interface MadeKit {
  readonly kit: Kit;
  readonly zip: Buffer;
}

/**
 * Makes the whole kit, and only then enters its certificates into the ledger and counts it, in one transaction:
 * what fails on the way leaves no trace, and nothing leaves the house before it is written down.
 */
const make = async (
  context: ServiceContext,
  asker: Asker,
  target: KitTarget,
  pin: string,
  signal: AbortSignal,
): Promise<MadeKit> => {
  const project = await readProject(context.db.reader);
  const participant = await kitParticipant(context.db.reader, asker, target);
  const { authority, issued } = kitAuthority({ context, project, signal });
  const kit = await makeKit({
    project: await kitProject(context, project),
    participant,
    pin,
    authority,
    now: context.now(),
  });
  const zip = await buffer(kit.zip);
  signal.throwIfAborted();
  await change(context, asker, async (trx, audit) => {
    await requireUnchanged(trx, asker, target, participant);
    for (const leaf of issued) await enterCertificate(trx, audit, leaf, asker, context.now());
    await countDelivered(trx, target);
    await audit('kit.download', participantLabel(participant, kit.fileName), {
      serial: kit.certificate.serial,
    });
  });
  return { kit, zip };
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
  asker: Asker,
  target: KitTarget,
  pin: string | undefined,
  signal: AbortSignal,
): Promise<DeliveredKit> => {
  await kitParticipant(context.db.reader, asker, target);
  context.authority.root();
  const chosen = requestedPin(pin);
  let made: MadeKit;
  try {
    made = await context.workshop.queue.run(() => make(context, asker, target, chosen.pin, signal), signal);
  } catch (error) {
    throw kitFault(error);
  }
  const { fileName, certificate } = made.kit;
  return {
    fileName,
    zip: made.zip,
    madePin: chosen.made ? chosen.pin : undefined,
    serial: certificate.serial,
    notAfter: certificate.notAfter,
  };
};
