import type { Role } from '../../contract/roles.ts';

/** The pages of the menu, in its order. */
export const PAGES = [
  'home',
  'inbox',
  'users',
  'sites',
  'organizations',
  'project',
  'server',
  'freeze',
  'downloads',
  'certificates',
  'audit',
  'messages',
  'me',
] as const;
export type PageName = (typeof PAGES)[number];

/** The address of each page. */
export const PATHS = {
  home: '/',
  inbox: '/inbox',
  users: '/users',
  sites: '/sites',
  organizations: '/organizations',
  project: '/project',
  server: '/server',
  freeze: '/freeze',
  downloads: '/downloads',
  certificates: '/certificates',
  audit: '/audit',
  messages: '/messages',
  me: '/me',
  setUp: '/set-up',
  signUp: '/sign-up',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  confirmEmail: '/confirm-email',
  help: '/help',
  about: '/about',
} as const;

const ADMIN_ONLY: ReadonlySet<PageName> = new Set([
  'inbox',
  'users',
  'sites',
  'organizations',
  'project',
  'server',
  'freeze',
  'certificates',
  'audit',
  'messages',
]);

/** Pages of project admins that show org admins what is theirs. */
const ALSO_FOR_ORG_ADMINS: ReadonlySet<PageName> = new Set(['sites']);

/** True for pages that somebody with this role may open. */
export const isOpenTo = (page: PageName, role: Role | undefined): boolean =>
  role === 'project_admin' ||
  !ADMIN_ONLY.has(page) ||
  (role === 'org_admin' && ALSO_FOR_ORG_ADMINS.has(page));

/** The menu of a role; strangers have the home page only. */
export const pagesOf = (role: Role | undefined, loggedIn: boolean): readonly PageName[] => {
  if (!loggedIn) {
    return ['home'];
  }
  return PAGES.filter((page) => isOpenTo(page, role));
};

/** Page addresses of NVIDIA's dashboard and where they lead here, for the project admin and for others. */
export const FORMER_ADDRESSES: Readonly<Record<string, readonly [admin: string, others: string]>> = {
  '': ['/', '/'],
  index: ['/', '/'],
  logout: ['/', '/'],
  downloads: ['/downloads', '/downloads'],
  'project-admin-dashboard': ['/users', '/me'],
  'site-dashboard': ['/sites', '/me'],
  'user-dashboard': ['/me', '/me'],
  'project-configuration': ['/project', '/'],
  'application-config': ['/project', '/'],
  'server-config': ['/server', '/'],
  'registration-form': ['/sign-up', '/sign-up'],
};
