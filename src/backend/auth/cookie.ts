import { createHmac } from 'node:crypto';

/** Where a cookie counts. */
export interface CookiePlace {
  /** True for HTTPS, also where a proxy ends it. */
  readonly secure: boolean;
  readonly path: string;
}

/**
 * Names of the cookies of one dashboard: several on one host must not take each other's, as cookies know no ports.
 *
 * @param key of the dashboard; the name tells nothing of it
 */
export const cookieName = (base: string, key: Uint8Array, { secure, path }: CookiePlace): string => {
  // Below a path of its own, else a browser that also knows the dashboard's root would send two of one name.
  const place = path === '/' ? '' : ` below ${path}`;
  const own = createHmac('sha256', key).update(`cookie name${place}`).digest('hex').slice(0, 8);
  const prefix = path === '/' ? '__Host-' : '__Secure-';
  return `${secure ? prefix : ''}${base}_${own}`;
};

/**
 * The value of a cookie in a request's `Cookie` header; undefined where there is none, or two that differ: another host
 * of the domain may have planted one.
 */
export const cookieOf = (header: string | undefined, wanted: string): string | undefined => {
  const values = (header?.split(';') ?? [])
    .map((pair) => pair.trim().split('=', 2))
    .filter(([name, value = '']) => name === wanted && value !== '')
    .map(([, value]) => value);
  return new Set(values).size === 1 ? values[0] : undefined;
};

/** The values of all cookies that {@link cookieName} may have named so, for whatever path and dashboard. */
export const cookiesLike = (header: string | undefined, base: string): readonly string[] =>
  (header?.split(';') ?? [])
    .map((pair) => pair.trim().split('=', 2))
    .filter(([name = '']) => name.replace(/^__(Host|Secure)-/, '').startsWith(`${base}_`))
    .map(([, value = '']) => value);

/** `Set-Cookie` of a cookie that no script and no other site can use; 0 seconds delete it. */
export const setCookie = (name: string, value: string, seconds: number, place: CookiePlace): string =>
  `${name}=${value}; Path=${place.path}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${place.secure ? '; Secure' : ''}`;
