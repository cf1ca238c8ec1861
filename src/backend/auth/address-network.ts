import { isIPv4, isIPv6 } from 'node:net';

/** The parts of an address that limits count by. */
export interface AddressNetwork {
  /** One customer's line: an IPv4 address, or the /64 of an IPv6 address. */
  readonly host: string;
  /** One customer's site: the /24 of an IPv4 address, the /48 of an IPv6 address. */
  readonly network: string;
}

const HEX = 16;
const GROUPS = 8;
const MAPPED = 0xffff;

const ofIpv4 = (bytes: readonly number[]): AddressNetwork => ({
  host: bytes.join('.'),
  network: `${bytes.slice(0, 3).join('.')}.0/24`,
});

const hexGroups = (text: string): readonly number[] =>
  text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, HEX));

/** The eight groups of an IPv6 address in any of its spellings (RFC 4291, 2.2). */
const groupsOf = (address: string): readonly number[] => {
  const hexadecimal = address.replace(/\d+\.\d+\.\d+\.\d+$/, (dotted) => {
    const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number);
    return `${(a * 256 + b).toString(HEX)}:${(c * 256 + d).toString(HEX)}`;
  });
  const [head = '', tail = ''] = hexadecimal.split('::', 2);
  const [before, after] = [hexGroups(head), hexGroups(tail)];
  const zeros = Array.from({ length: GROUPS - before.length - after.length }, () => 0);
  return [...before, ...zeros, ...after];
};

/** Reads an address as numbers, so that its spelling does not matter; IPv4-mapped IPv6 counts as IPv4. */
export const addressNetwork = (address: string): AddressNetwork => {
  const [plain = ''] = address.split('%', 1);
  if (isIPv4(plain)) {
    return ofIpv4(plain.split('.').map(Number));
  }
  if (!isIPv6(plain)) {
    return { host: address, network: address };
  }
  const groups = groupsOf(plain);
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === MAPPED) {
    return ofIpv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
  }
  const prefix = (length: number): string =>
    `${groups
      .slice(0, length)
      .map((group) => group.toString(HEX))
      .join(':')}::/${length * HEX}`;
  return { host: prefix(4), network: prefix(3) };
};
