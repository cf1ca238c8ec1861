import { inboxQuery, overviewQuery, projectQuery } from '../api/queries.ts';
import { partsOf } from '../features/home/members-parts.ts';
import type { Role } from '../../contract/roles.ts';
import { meQuery } from '../features/session/session.ts';
import { sessionOf, type Session } from '../features/session/session-context.ts';
import { CERTIFICATES } from '../features/ledger/certificates-source.ts';
import { SITES } from '../features/sites/sites-source.ts';
import { USERS } from '../features/users/users-source.ts';
import { listQuery } from '../ui/tables/list-source.ts';
import { DEFAULT_SIZE } from '../ui/tables/page-sizes.ts';
import { cache } from './cache.ts';
import { PAGE_CODE } from './page-code.ts';
import { isOpenTo, PATHS, PAGES, type PageName } from '../ui/page-list.ts';

/** Whoever needs what could not be had asks once more, and tells why it failed. */
const quietly = (asked: Promise<unknown>): void => {
  asked.catch(() => undefined);
};

/** Pages that show counts of the whole project. */
const WITH_COUNTS: ReadonlySet<PageName> = new Set(['home', 'users', 'sites', 'certificates']);

const codeOf = (page: PageName, role?: Role): readonly Promise<unknown>[] =>
  page === 'home' ? partsOf(role).map((load) => load()) : [PAGE_CODE[page]()];

/** First rows of a table without filters. */
const FIRST_PAGE = { text: '', sort: '', facets: {}, offset: 0, limit: DEFAULT_SIZE } as const;

const firstPageOf = (page: PageName): readonly Promise<unknown>[] => {
  if (page === 'inbox') {
    return [cache.query(inboxQuery)];
  }
  if (page === 'users') {
    return [cache.query(listQuery(USERS, FIRST_PAGE))];
  }
  if (page === 'sites') {
    return [cache.query(listQuery(SITES, FIRST_PAGE))];
  }
  return page === 'certificates' ? [cache.query(listQuery(CERTIFICATES, FIRST_PAGE))] : [];
};

const contentOf = (page: PageName, { role }: Session): readonly Promise<unknown>[] => [
  ...(role === 'project_admin' && WITH_COUNTS.has(page) ? [cache.query(overviewQuery)] : []),
  ...(role === 'project_admin' && location.search === '' ? firstPageOf(page) : []),
];

const mayEnter = (
  page: PageName,
  { user, role, approval, mustChangePassword, secondFactor }: Session,
): boolean =>
  user !== undefined &&
  approval === 'approved' &&
  !mustChangePassword &&
  secondFactor !== 'required' &&
  isOpenTo(page, role);

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
  [...codeOf(page, session.role), ...contentOf(page, session)].forEach(quietly);
};
