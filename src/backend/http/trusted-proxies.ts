import { BlockList, isIP } from 'node:net';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** True for the address of a proxy that the operator named. */
export type IsTrusted = (address: string | undefined) => boolean;

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'] as const;
const FOR = /(?:^|;)\s*for\s*=\s*"?(\[[^\]]+\]|[^;:"\s]+)/i;
const PROTO = /(?:^|;)\s*proto\s*=\s*"?(https?)/i;

/**
 * Reads a list of addresses and networks (CIDR), separated by commas.
 *
 * @throws Error that names the entry that is neither
 */
export const trustedProxies = (list: readonly string[]): IsTrusted => {
  const networks = new BlockList();
  for (const entry of list) {
    const [address = '', length] = entry.split('/', 2);
    const family = isIP(address);
    const bits = family === 6 ? 128 : 32;
    const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : Infinity;
    if (family === 0 || prefix > bits) {
      throw new Error(`"${entry}" is neither an address nor a network`);
    }
    networks.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
  }
  return (address = '') => {
    const family = isIP(address);
    return family !== 0 && networks.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
};

const readStandard = (headers: IncomingHttpHeaders): void => {
  const { forwarded } = headers;
  if (forwarded === undefined || headers['x-forwarded-for'] !== undefined) {
    return;
  }
  const elements = forwarded.split(',');
  const addresses = elements.flatMap((element) => FOR.exec(element)?.[1]?.replace(/^\[|\]$/g, '') ?? []);
  if (addresses.length > 0) {
    headers['x-forwarded-for'] = addresses.join(', ');
  }
  const proto = PROTO.exec(elements.at(-1) ?? '')?.[1];
  if (proto !== undefined) {
    headers['x-forwarded-proto'] ??= proto.toLowerCase();
  }
};

/**
 * Leaves the headers of proxies to those that are trusted, and brings `Forwarded` (RFC 7239) into the form of
 * `X-Forwarded-*`, which counts where both are sent.
 *
 * @param scheme of the public address, for proxies that do not send it
 */
export const readForwarded = (
  request: IncomingMessage,
  isTrusted: IsTrusted,
  scheme: string | undefined,
): void => {
  const { headers } = request;
  if (!isTrusted(request.socket.remoteAddress)) {
    for (const name of FORWARDED) {
      Reflect.deleteProperty(headers, name);
    }
    return;
  }
  readStandard(headers);
  const proto = headers['x-forwarded-proto'] ?? scheme;
  if (typeof proto === 'string') {
    headers['x-forwarded-proto'] = proto.toLowerCase();
  }
};
