import { isIP } from 'node:net';

const bytesOfIpv4 = (address: string): readonly number[] => address.split('.').map(Number);

const bytesOfGroup = (group: string): readonly number[] => {
  if (group.includes('.')) {
    return bytesOfIpv4(group);
  }
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
};

const bytesOfGroups = (groups: string): readonly number[] =>
  groups === '' ? [] : groups.split(':').flatMap(bytesOfGroup);

const bytesOfIpv6 = (address: string): readonly number[] => {
  const [head = '', tail] = address.split('::');
  const before = bytesOfGroups(head);
  if (tail === undefined) {
    return before;
  }
  const after = bytesOfGroups(tail);
  return [...before, ...Array.from({ length: 16 - before.length - after.length }, () => 0), ...after];
};

/**
 * Returns an address in network byte order: 4 bytes for IPv4, 16 for IPv6.
 *
 * @returns undefined when the text is not an address, or is one with a zone
 */
export const ipAddressBytes = (address: string): Uint8Array | undefined => {
  if (address.includes('%')) {
    return undefined;
  }
  const version = isIP(address);
  if (version === 0) {
    return undefined;
  }
  return Uint8Array.from(version === 4 ? bytesOfIpv4(address) : bytesOfIpv6(address));
};
