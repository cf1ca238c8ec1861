import type { FastifyRequest } from 'fastify';
import type { CookiePlace } from '../auth/cookie.ts';

const PREFIX = '/nvflare-dashboard';

/** Below the prefix the cookie stays below it: the rest of the host may be somebody else's. */
export const cookiePlace = (request: Pick<FastifyRequest, 'protocol' | 'url'>): CookiePlace => ({
  secure: request.protocol === 'https',
  path: request.url.startsWith(`${PREFIX}/`) ? PREFIX : '/',
});
