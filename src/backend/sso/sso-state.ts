import { z } from 'zod';
import { openStored, sealStored } from '../auth/stored-secret.ts';

const OWNER = 'single sign-on';

/** One log-in under way, kept by the browser in an encrypted cookie. */
const SsoState = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  confirms: z.boolean(),
  redirectUri: z.string(),
  /** Path of the page, with the prefix that a proxy strips. */
  returnTo: z.string(),
  /** Session whose account is to be connected; empty for a log-in. */
  links: z.string(),
  /** Path below which cookies of the dashboard count. */
  path: z.string(),
  /** Milliseconds since 1970. */
  expires: z.number(),
});
export type SsoState = Readonly<z.infer<typeof SsoState>>;

/** Time for the log-in at the provider. */
export const SSO_SECONDS = 10 * 60;

export const sealState = (tokenKey: Uint8Array, state: SsoState): string =>
  Buffer.from(sealStored(tokenKey, OWNER, JSON.stringify(state)), 'base64').toString('base64url');

/** @returns undefined for a cookie of another dashboard, an expired one, and none */
export const openState = (
  tokenKey: Uint8Array,
  cookie: string | undefined,
  now: Date,
): SsoState | undefined => {
  const text = openStored(tokenKey, OWNER, Buffer.from(cookie ?? '', 'base64url').toString('base64'));
  const state = text === undefined ? undefined : SsoState.parse(JSON.parse(text));
  return state !== undefined && state.expires > now.getTime() ? state : undefined;
};
