/** Values of `sso` in the page's address after a log-in at the provider. */
export const SSO_OUTCOMES = [
  'ok',
  'linked',
  'unreachable',
  'denied',
  'clock',
  'state',
  'domain',
  'unverified',
  'account_denied',
  'exists',
  'taken',
  'closed',
  'second_factor',
  'busy',
  'failed',
] as const;
export type SsoOutcome = (typeof SSO_OUTCOMES)[number];
