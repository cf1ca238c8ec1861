/** Addresses of the page's views; the page's own list is in `web/ui/page-list.ts`. */
const VIEWS: ReadonlySet<string> = new Set([
  '',
  '/',
  '/index.html',
  '/about',
  '/audit',
  '/certificates',
  '/confirm-email',
  '/downloads',
  '/forgot-password',
  '/freeze',
  '/help',
  '/inbox',
  '/me',
  '/messages',
  '/organizations',
  '/project',
  '/reset-password',
  '/server',
  '/set-up',
  '/sign-up',
  '/sites',
  '/users',
]);
/** Of one thing; whether it exists is for the view to say. */
const VIEW_OF_ONE = /^\/(?:sites|users|organizations)\/[^/]+$/;
/** Addresses of NVIDIA's dashboard below its prefix, which lead to a view. */
const FORMER_VIEWS = [
  'index',
  'logout',
  'project-admin-dashboard',
  'site-dashboard',
  'user-dashboard',
  'project-configuration',
  'application-config',
  'server-config',
  'registration-form',
] as const;

/**
 * True where the page has a view; everywhere else it says that there is none.
 *
 * @param local address without the prefix of NVIDIA's dashboard
 * @param isBelowPrefix whether that prefix was there
 */
export const isViewAddress = (local: string, isBelowPrefix: boolean): boolean => {
  const address = local.length > 1 ? local.replace(/\/$/, '') : local;
  return (
    VIEWS.has(address) ||
    VIEW_OF_ONE.test(address) ||
    (isBelowPrefix && FORMER_VIEWS.some((view) => address === `/${view}`))
  );
};
