import { ledgerQuery, projectQuery, sitesQuery, usersQuery } from '../api/queries.ts';
import { MEMBERS_PARTS } from '../features/home/members-parts.ts';
import { meQuery } from '../features/session/session.ts';
import { sessionOf, type Session } from '../features/session/session-context.ts';
import { cache } from './cache.ts';
import { PAGE_CODE } from './page-code.ts';
import { isAdminPlace, PATHS, PLACES, type Place } from './places.ts';

/** Whoever needs what could not be had asks once more, and tells why it failed. */
const quietly = (asked: Promise<unknown>): void => {
  asked.catch(() => undefined);
};

const codeOf = (place: Place): readonly Promise<unknown>[] =>
  place === 'home' ? [MEMBERS_PARTS.checklist(), MEMBERS_PARTS.sites()] : [PAGE_CODE[place]()];

const contentOf = (place: Place, { role }: Session): readonly Promise<unknown>[] => [
  ...(place === 'users' ? [cache.query(usersQuery)] : []),
  ...(place === 'users' || place === 'sites' || place === 'home' ? [cache.query(sitesQuery)] : []),
  ...(place === 'home' && role === 'project_admin' ? [cache.query(ledgerQuery)] : []),
];

const mayEnter = (place: Place, { user, role, approval, mustChangePassword }: Session): boolean =>
  user !== undefined &&
  approval === 'approved' &&
  !mustChangePassword &&
  (role === 'project_admin' || !isAdminPlace(place));

/**
 * Asks for what the page at this address will need, all at once and before anything is drawn, so that one does not
 * wait for the other; done when it is known who looks.
 */
export const warmUp = async (address: string): Promise<void> => {
  const place = PLACES.find((name) => PATHS[name] === address);
  if (place !== undefined && place !== 'home') codeOf(place).forEach(quietly);
  quietly(cache.query(projectQuery));
  const me = await cache.query(meQuery).catch(() => null);
  if (me === null || place === undefined) return;
  const session = sessionOf(me);
  if (!mayEnter(place, session)) return;
  [...codeOf(place), ...contentOf(place, session)].forEach(quietly);
};
