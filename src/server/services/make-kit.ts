import { pipeline, Transform, type Readable, type TransformCallback } from 'node:stream';
import { ApiError } from '../../domain/errors.ts';
import { Pin } from '../../domain/names.ts';
import { makeKit, type Kit } from '../../kits/make-kit.ts';
import { change, type ServiceContext } from '../context.ts';
import { madePin } from '../kits/made-pin.ts';
import type { Asker } from '../principal.ts';
import { readProject } from '../store/project.ts';
import { kitAuthority } from './kit-authority.ts';
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
  /** The zip; it ends only after the download has been counted. */
  readonly zip: Readable;
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

/** Passes the zip on and ends it only when `settle` has: who has the whole kit finds it counted. */
const settledAtEnd = (
  zip: Readable,
  settle: () => Promise<void>,
  failed: (error: Error) => void,
): Readable => {
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done: TransformCallback) => {
      done(null, chunk);
    },
    flush: (done: TransformCallback) => {
      settle().then(
        () => {
          done();
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error('the download could not be counted'));
        },
      );
    },
  });
  pipeline(zip, counted, (error) => {
    if (error) failed(error);
  });
  return counted;
};

const make = async (
  context: ServiceContext,
  asker: Asker,
  target: KitTarget,
  pin: string,
  signal: AbortSignal,
): Promise<{ kit: Kit; label: string }> => {
  const project = await readProject(context.db.reader);
  const participant = await kitParticipant(context.db.reader, asker, target);
  const authority = kitAuthority({
    context,
    asker,
    project,
    signal,
    stillEntitled: (trx) => requireUnchanged(trx, asker, target, participant),
  });
  const kit = await makeKit({
    project: await kitProject(context, project),
    participant,
    pin,
    authority,
    now: context.now(),
  });
  return { kit, label: participantLabel(participant, kit.fileName) };
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
  let made: { kit: Kit; label: string };
  try {
    made = await context.workshop.queue.run(() => make(context, asker, target, chosen.pin, signal), signal);
  } catch (error) {
    throw kitFault(error);
  }
  const { kit, label } = made;
  const settle = () =>
    change(context, asker, async (trx, audit) => {
      await countDelivered(trx, target);
      await audit('kit.download', label, { serial: kit.certificate.serial });
    });
  return {
    fileName: kit.fileName,
    zip: settledAtEnd(kit.zip, settle, (error) => {
      context.log.warn({ err: error, request_id: asker.requestId, kit: label }, 'a kit was not delivered');
    }),
    madePin: chosen.made ? chosen.pin : undefined,
    serial: kit.certificate.serial,
    notAfter: kit.certificate.notAfter,
  };
};
