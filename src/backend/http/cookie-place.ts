import type { FastifyRequest } from 'fastify';
import { PAGE_HEADER } from '../../contract/wire-headers.ts';
import type { CookiePlace } from '../auth/cookie.ts';
import { isBelowPrefix } from './public-address.ts';

const PAGE_BASE = /^(?=.{1,200}$)(?:\/[\w.~%-]+)+$/;

/**
 * Returns where a cookie counts. Below a prefix it stays below it: the rest of the host may be somebody else's. The page
 * says below which, as only it knows what a proxy strips.
 */
export const cookiePlace = (request: Pick<FastifyRequest, 'protocol' | 'url' | 'headers'>): CookiePlace => {
  const base = request.headers[PAGE_HEADER];
  const prefix = isBelowPrefix(request.url) ? '/nvflare-dashboard' : '/';
  return {
    secure: request.protocol === 'https',
    path: typeof base === 'string' && PAGE_BASE.test(base) ? base : prefix,
  };
};
