export const API_PREFIX = '/api/v1';
/** NVIDIA's dashboard has all of its addresses below it. */
export const NVIDIA_PREFIX = '/nvflare-dashboard';
const PREFIX = /^\/+nvflare-dashboard(?=\/|$)/;
const NVIDIA_API = /^\/+nvflare-dashboard(?=\/+api\/+v1(?:[/?]|$))/;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Removes the path of the public address from request addresses, for proxies that keep it. */
export type StripPath = (address: string) => string;

/** Returns what removes the path of `publicUrl`, also where slashes are doubled. */
export const pathStripper = (publicUrl: string | undefined): StripPath => {
  const path = publicUrl === undefined ? '' : new URL(publicUrl).pathname;
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments.length === 0 || `/${segments.join('/')}` === NVIDIA_PREFIX) {
    return (address) => address;
  }
  const pattern = new RegExp(`^${segments.map((segment) => `/+${escaped(segment)}`).join('')}(?=[/?]|$)`);
  return (address) => {
    const rest = address.replace(pattern, '');
    return rest.startsWith('/') ? rest : `/${rest}`;
  };
};

/** Where requests for an address that cannot be decoded are routed to: no route has it, so they pass all hooks. */
export const MALFORMED_ADDRESS = '/*malformed';

/** False for an address with a percent sign that encodes no UTF-8. */
export const isDecodable = (address: string): boolean => {
  try {
    decodeURI(address.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
};

/** The address at which the API's routes are registered: once for both of their prefixes. */
export const routedAddress = (address: string): string => address.replace(NVIDIA_API, '');

/** True below the prefix of NVIDIA's dashboard. */
export const isBelowPrefix = (path: string): boolean => PREFIX.test(path);

/** The path without the prefix of NVIDIA's dashboard and with single slashes. */
export const localPath = (path: string): string => path.replace(PREFIX, '').replace(/\/{2,}/g, '/');

/**
 * Returns where the page's own addresses begin, relative to the address the browser asked for, so that they are right
 * below any prefix that a proxy strips.
 *
 * @param asked the path as it arrived
 * @param path the same without the path of the public address
 */
export const relativeBase = (asked: string, path: string): string => {
  const local = path.replace(PREFIX, '');
  if (local === '' || (local === '/' && !asked.endsWith('/'))) {
    return `./${asked.split('/').at(-1) ?? ''}/`;
  }
  const depth = local.split('/').length - 2;
  return depth === 0 ? './' : '../'.repeat(depth);
};
