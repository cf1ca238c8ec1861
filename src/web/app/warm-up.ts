import { ledgerQuery, projectQuery, sitesQuery, usersQuery } from '../api/queries.ts';
import { MEMBERS_PARTS } from '../features/home/members-parts.ts';
import { meQuery } from '../features/session/session.ts';
import { sessionOf, type Session } from '../features/session/session-context.ts';
import { cache } from './cache.ts';
import { PAGE_CODE } from './page-code.ts';
import { isAdminPage, PATHS, PAGES, type PageName } from '../ui/page-list.ts';

/** Whoever needs what could not be had asks once more, and tells why it failed. */
const quietly = (asked: Promise<unknown>): void => {
  asked.catch(() => undefined);
};

const codeOf = (page: PageName): readonly Promise<unknown>[] =>
  page === 'home' ? [MEMBERS_PARTS.checklist(), MEMBERS_PARTS.sites()] : [PAGE_CODE[page]()];

const contentOf = (page: PageName, { role }: Session): readonly Promise<unknown>[] => [
  ...(page === 'users' ? [cache.query(usersQuery)] : []),
  ...(page === 'users' || page === 'sites' || page === 'home' ? [cache.query(sitesQuery)] : []),
  ...(page === 'home' && role === 'project_admin' ? [cache.query(ledgerQuery)] : []),
];

const mayEnter = (page: PageName, { user, role, approval, mustChangePassword }: Session): boolean =>
  user !== undefined &&
  approval === 'approved' &&
  !mustChangePassword &&
  (role === 'project_admin' || !isAdminPage(page));

/**
 * Asks for what the page at this address will need, all at once and before anything is drawn, so that one does not
 * wait for the other; done when it is known who looks.
 */
export const warmUp = async (address: string): Promise<void> => {
  const page = PAGES.find((name) => PATHS[name] === address);
  if (page !== undefined && page !== 'home') {
    codeOf(page).forEach(quietly);
  }
  quietly(cache.query(projectQuery));
  const me = await cache.query(meQuery).catch(() => null);
  if (me === null || page === undefined) {
    return;
  }
  const session = sessionOf(me);
  if (!mayEnter(page, session)) {
    return;
  }
  [...codeOf(page), ...contentOf(page, session)].forEach(quietly);
};
