import type { Role } from '../../contract/roles.ts';

/** The pages of the menu, in its order. */
export const PLACES = [
  'home',
  'inbox',
  'users',
  'sites',
  'project',
  'server',
  'freeze',
  'downloads',
  'certificates',
  'audit',
  'me',
] as const;
export type Place = (typeof PLACES)[number];

/** Where each page is. */
export const PATHS = {
  home: '/',
  inbox: '/inbox',
  users: '/users',
  sites: '/sites',
  project: '/project',
  server: '/server',
  freeze: '/freeze',
  downloads: '/downloads',
  certificates: '/certificates',
  audit: '/audit',
  me: '/me',
  signUp: '/sign-up',
} as const;

const ADMIN_ONLY: ReadonlySet<Place> = new Set([
  'inbox',
  'users',
  'sites',
  'project',
  'server',
  'freeze',
  'certificates',
  'audit',
]);

/** True for pages that only the project admin sees. */
export const isAdminPlace = (place: Place): boolean => ADMIN_ONLY.has(place);

/** The menu of a role; strangers have the home page only. */
export const placesOf = (role: Role | undefined, loggedIn: boolean): readonly Place[] => {
  if (!loggedIn) return ['home'];
  return role === 'project_admin' ? PLACES : PLACES.filter((place) => !isAdminPlace(place));
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
