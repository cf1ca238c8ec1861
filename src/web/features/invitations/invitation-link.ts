import { BASE } from '../../api/base.ts';

const HASH = /^#invitation=([\w-]+)$/;

/** The address that an invited person opens; what follows `#` is never sent to a server. */
export const invitationLink = (token: string): string =>
  `${location.origin}${BASE}/sign-up#invitation=${token}`;

/** The invitation's token in an address; undefined without one. */
export const invitationIn = (hash: string): string | undefined => HASH.exec(hash)?.[1];
