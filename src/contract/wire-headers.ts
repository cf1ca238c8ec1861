/** The page's session cookie counts only for requests that carry this header, which no foreign page can send. */
export const PAGE_HEADER = 'x-dashboard-page';
/** Marks a request that nobody's act has led to: it does not prolong the session. */
export const UNATTENDED_HEADER = 'x-dashboard-unattended';
export const SESSION_COOKIE = 'nvflare_dashboard_session';
/** A log-in at the identity provider that is under way, encrypted. */
export const SSO_COOKIE = 'nvflare_dashboard_sso';
/** Marks a browser in which an account's password was right, for the limits on log-ins. */
export const BROWSER_COOKIE = 'nvflare_dashboard_browser';

/** Headers of a kit's response beside the zip. */
export const KIT_HEADERS = {
  pin: 'x-kit-pin',
  serial: 'x-kit-serial',
  notAfter: 'x-kit-not-after',
  encryption: 'x-kit-encryption',
} as const;
