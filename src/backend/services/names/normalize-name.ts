import { isIP, SocketAddress } from 'node:net';

const MAPPED = /^::ffff:(?=\d+\.)/;

/**
 * Returns the form in which names of certificates are compared: lower case, without a trailing dot, IP addresses in
 * their shortest form (RFC 5952) and IPv4-mapped ones as IPv4.
 */
export const normalizeName = (name: string): string => {
  const lower = name.trim().toLowerCase().replace(/\.$/, '');
  const version = isIP(lower);
  if (version === 0) {
    return lower;
  }
  const { address } = new SocketAddress({ address: lower, family: version === 4 ? 'ipv4' : 'ipv6' });
  return address.replace(MAPPED, '');
};
