import { expect, it } from '@jest/globals';
import { addressNetwork } from './address-network.ts';

it.each([
  ['2001:db8::1', '2001:db8:0:0:ffff::2'],
  ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:DB8::abcd'],
  ['fe80::1%eth0', 'fe80::2%eth1'],
])('counts %s and %s as one line', (one, other) => {
  expect(addressNetwork(one).host).toBe(addressNetwork(other).host);
});

it('counts the lines of a /48 apart and their network as one', () => {
  const [one, other] = [addressNetwork('2001:db8:1:1::1'), addressNetwork('2001:db8:1:2::1')];
  expect(one.host).not.toBe(other.host);
  expect(one.network).toBe(other.network);
});

it.each(['::ffff:192.0.2.7', '::ffff:c000:207', '0:0:0:0:0:ffff:192.0.2.7'])('reads %s as IPv4', (mapped) => {
  expect(addressNetwork(mapped)).toEqual({ host: '192.0.2.7', network: '192.0.2.0/24' });
});

it('keeps text that is no address as it is', () => {
  expect(addressNetwork('unknown')).toEqual({ host: 'unknown', network: 'unknown' });
});
