import { createHash } from 'node:crypto';
import { ApiError } from '../../../contract/errors.ts';
import { isRevocationReason } from '../../../contract/revocation.ts';
import { issueCrl } from '../../../pki/crl.ts';
import type { ServiceContext } from '../../context/context.ts';
import { readCrl, replaceCrl, revokedCertificates, type StoredCrl } from '../../store/revocations.ts';
import { fromTimestamp, toTimestamp } from '../../store/timestamp.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';

const DAY_MS = 86_400_000;
/** Proxies that have not fetched a newer list by then refuse everybody. */
const VALID_MS = 7 * DAY_MS;
const RENEW_AFTER_MS = DAY_MS;

/** The revocation list as it can be had now. */
export interface CurrentCrl extends Pick<StoredCrl, 'number' | 'pem' | 'this_update' | 'next_update'> {
  /** False when certificates were revoked since, which cannot be listed while the root key is sealed. */
  readonly complete: boolean;
}

interface Wanted {
  readonly revoked: Awaited<ReturnType<typeof revokedCertificates>>;
  readonly covers: string;
}

/**
 * Returns what the list has to hold; a revoked certificate stays on it for some time after it expired (RFC 5280, 3.3).
 */
const wantedIn = async (context: ServiceContext): Promise<Wanted> => {
  const since = toTimestamp(new Date(context.now().getTime() - 2 * VALID_MS));
  const revoked = await revokedCertificates(context.db.reader, since);
  return { revoked, covers: createHash('sha256').update(JSON.stringify(revoked)).digest('hex') };
};

const renewed = async (
  context: ServiceContext,
  stored: StoredCrl | undefined,
  { revoked, covers }: Wanted,
): Promise<Omit<StoredCrl, 'id'>> => {
  const now = context.now();
  const nextUpdate = new Date(now.getTime() + VALID_MS);
  const number = (stored?.number ?? 0) + 1;
  const pem = await issueCrl({
    root: context.rootCa.root(),
    revoked: revoked.map((row) => ({
      serial: row.serial,
      at: fromTimestamp(row.revoked_at),
      reason: isRevocationReason(row.revocation_reason) ? row.revocation_reason : 'unspecified',
    })),
    number,
    thisUpdate: now,
    nextUpdate,
  });
  const next = {
    number,
    this_update: toTimestamp(now),
    next_update: toTimestamp(nextUpdate),
    covers,
    pem,
  };
  await context.db.write((trx) => replaceCrl(trx, next));
  return next;
};

/**
 * Returns the revocation list, signed anew when certificates were revoked since or a day has passed, as long as the
 * root key is open. While it is sealed, the list signed last stays.
 *
 * @throws ApiError `project_not_frozen`, `sealed` when the key is sealed and no list was ever signed
 */
export const currentCrl = async (context: ServiceContext): Promise<CurrentCrl> => {
  await followStoredRoot(context);
  const stored = await readCrl(context.db.reader);
  const wanted = await wantedIn(context);
  const age =
    stored === undefined ? Infinity : context.now().getTime() - fromTimestamp(stored.this_update).getTime();
  const complete = stored?.covers === wanted.covers;
  if (stored !== undefined && complete && age < RENEW_AFTER_MS) {
    return { ...stored, complete };
  }
  if (stored !== undefined && context.rootCa.state() === 'sealed') {
    context.log.warn(
      { next_update: stored.next_update, complete },
      'the revocation list cannot be renewed while the root key is sealed',
    );
    return { ...stored, complete };
  }
  return { ...(await renewed(context, stored, wanted)), complete: true };
};

/** Returns what members may know of the list; undefined before there is one. */
export const describeCrl = async (context: ServiceContext): Promise<Omit<CurrentCrl, 'pem'> | undefined> => {
  try {
    return await currentCrl(context);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'sealed') {
      return undefined;
    }
    throw error;
  }
};
