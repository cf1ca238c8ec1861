import { BlockList, isIP } from 'node:net';

/** True for an address that webhooks may be sent to, in any of its spellings. */
export interface AddressRule {
  /** In a network that the operator allowed. */
  readonly isAllowed: (address: string) => boolean;
  /** Public, or allowed. */
  readonly mayReach: (address: string) => boolean;
}

/** IPv4 addresses that are not on the public internet (IANA, Special-Purpose Address Registry). */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Public addresses of IPv6 (RFC 4291, 2.4), and those among them that are special or lead to IPv4 again. */
const GLOBAL_IPV6 = ['2000::/3'];
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

/** Addresses of clouds' metadata services that are public by their number. */
const METADATA = ['168.63.129.16/32', '100.100.100.200/32'];

/**
 * Reads addresses and networks (CIDR).
 *
 * @throws Error that names the entry that is neither
 */
export const readNetworks = (entries: readonly string[]): BlockList => {
  const networks = new BlockList();
  for (const entry of entries) {
    const [address = '', length, ...rest] = entry.split('/');
    const family = isIP(address);
    const bits = family === 6 ? 128 : 32;
    const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : Infinity;
    if (family === 0 || prefix > bits || rest.length > 0 || address.includes('%')) {
      throw new Error(`"${entry}" is neither an address nor a network`);
    }
    networks.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
  }
  return networks;
};

const holds = (networks: BlockList, address: string): boolean =>
  networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

interface Registry {
  readonly globalIpv6: BlockList;
  readonly special: BlockList;
}

let registry: Registry | undefined;

/** Reads the lists at their first use: a start is faster without. */
const registered = (): Registry =>
  (registry ??= {
    globalIpv6: readNetworks(GLOBAL_IPV6),
    special: readNetworks([...SPECIAL_IPV4, ...METADATA, ...SPECIAL_IPV6]),
  });

/** IPv4-mapped IPv6, whose connections go over IPv4, as the URL parser and resolvers write it. */
const MAPPED = /^(?:0{0,4}:){2,5}:?ffff:(?:(?<dotted>[\d.]+)|(?<high>[\da-f]{1,4}):(?<low>[\da-f]{1,4}))$/i;

const plainAddress = (address: string): string => {
  const [plain = ''] = address.replace(/^\[(.*)\]$/, '$1').split('%', 1);
  const { dotted, high, low } = MAPPED.exec(plain)?.groups ?? {};
  if (high === undefined || low === undefined) {
    return dotted ?? plain;
  }
  const [upper, lower] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [upper >> 8, upper & 0xff, lower >> 8, lower & 0xff].join('.');
};

const isPublic = (address: string): boolean => {
  const { globalIpv6, special } = registered();
  return !holds(special, address) && (isIP(address) === 4 || holds(globalIpv6, address));
};

/** @param allowed networks of the operator's own that webhooks may reach; see {@link readNetworks} */
export const addressRule = (allowed: readonly string[]): AddressRule => {
  const networks = readNetworks(allowed);
  const isAllowed = (text: string): boolean => {
    const address = plainAddress(text);
    return isIP(address) !== 0 && holds(networks, address);
  };
  return {
    isAllowed,
    mayReach: (text) => {
      const address = plainAddress(text);
      return isIP(address) !== 0 && (isPublic(address) || isAllowed(address));
    },
  };
};
