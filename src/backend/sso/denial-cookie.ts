import { openStored, sealStored } from '../auth/stored-secret.ts';

const OWNER = 'denied at single sign-on';

/** Time in which somebody who was denied can ask again; that of the challenge. */
export const DENIAL_SECONDS = 5 * 60;

/** Keeps the challenge of somebody who was denied in the browser, encrypted: no address or log has it. */
export const sealDenial = (tokenKey: Uint8Array, challenge: string): string =>
  Buffer.from(sealStored(tokenKey, OWNER, challenge), 'base64').toString('base64url');

/** @returns undefined for any other cookie */
export const openDenial = (tokenKey: Uint8Array, cookie: string): string | undefined =>
  openStored(tokenKey, OWNER, Buffer.from(cookie, 'base64url').toString('base64'));
