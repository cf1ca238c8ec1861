import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ApiError } from '../../../contract/errors.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { earlierState, keepState } from '../../store/earlier-states.ts';
import { capacityOf, propsOf } from '../../store/stored-json.ts';
import type { ClientRow } from '../../store/sites.ts';
import type { UserRow } from '../../store/users.ts';
import { listeningNamesOf } from '../names/claimed-names.ts';

/** The version that a decision rests on, or those of which one must fit. */
export type SeenVersions = string | readonly string[];

/** A change that may rest on a version. */
export type Seeing<Patch> = Omit<Patch, 'version'> & { readonly version?: SeenVersions | undefined };

/** Everything about an account or a site that a decision rests on. */
export interface Seen {
  readonly subject: string;
  /** By the names that the API gives the fields. */
  readonly values: Readonly<Record<string, string>>;
}

const VERSION_LENGTH = 24;
const Values = z.record(z.string(), z.string());

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

/** Returns what is seen of an account. */
export const seenUser = (user: UserRow): Seen => ({
  subject: `user:${user.id}@${user.created_at}`,
  values: {
    name: user.name,
    email: user.email,
    organization: user.organization,
    role: user.role,
    description: user.description,
    approval_state: textOf(user.approval_state),
    props: textOf(propsOf(user.props)),
  },
});

/** Returns what is seen of a site. */
export const seenSite = (site: ClientRow): Seen => {
  const props = propsOf(site.props);
  return {
    subject: `client:${site.id}@${site.created_at}`,
    values: {
      name: site.name,
      type: site.type,
      organization: site.organization,
      description: site.description,
      approval_state: textOf(site.approval_state),
      creator_id: textOf(site.creator_id),
      capacity: textOf(capacityOf(site.capacity)),
      alternative_names: listeningNamesOf(props).join(', '),
      props: textOf(props),
    },
  };
};

/** Returns the version of what is seen, the same for the same values. */
export const versionOf = ({ subject, values }: Seen): string =>
  createHash('sha256')
    .update(JSON.stringify([subject, values]))
    .digest('base64url')
    .slice(0, VERSION_LENGTH);

/** Keeps what was seen before a change, for decisions that still rest on it. @param at stored time */
export const keepSeen = async (trx: Trx, before: Seen, after: Seen, at: string): Promise<void> => {
  const version = versionOf(before);
  if (version === versionOf(after)) {
    return;
  }
  await keepState(trx, { subject: before.subject, version, state: JSON.stringify(before.values), at });
};

/**
 * Refuses a decision on something else than was seen.
 *
 * @param versions of what was seen; undefined where the requester sent none
 * @throws ApiError `changed`, with the values then (as long as they are kept) and now
 */
export const requireSeen = async (
  db: Reader | Trx,
  versions: SeenVersions | undefined,
  now: Seen,
): Promise<void> => {
  const seenVersions = [versions ?? []].flat();
  if (versions === undefined || seenVersions.includes(versionOf(now))) {
    return;
  }
  const [version] = seenVersions;
  const kept = version === undefined ? undefined : await earlierState(db, now.subject, version);
  const seen = kept === undefined ? {} : Values.parse(JSON.parse(kept));
  const changes = Object.entries(now.values)
    .filter(([field, value]) => seen[field] !== value)
    .map(([field, value]) => ({ field, seen: seen[field] ?? null, now: value }));
  throw new ApiError('changed', 'This has changed since you looked at it.', { changes });
};
