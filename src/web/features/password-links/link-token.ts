import { BASE } from '../../api/base.ts';

const HASH = /^#token=([\w-]+)$/;

/** The token in the address of a link that works once; undefined without one. */
export const tokenInHash = (hash: string): string | undefined => HASH.exec(hash)?.[1];

/** The address with which somebody chooses a new password; what follows `#` is never sent to a server. */
export const passwordLink = (token: string): string =>
  `${location.origin}${BASE}/reset-password#token=${token}`;
