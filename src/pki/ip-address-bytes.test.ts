import { describe, expect, test } from '@jest/globals';
import { ipAddressBytes } from './ip-address-bytes.ts';

describe('an address in network order', () => {
  // Texts of RFC 4291 (2.2), RFC 5952 (1 and 2) and RFC 6052 (2.4).
  test.each([
    ['10.1.2.3', '0a010203'],
    ['255.254.0.128', 'fffe0080'],
    ['2001:db8:85a3:0:0:8a2e:370:7334', '20010db885a3000000008a2e03707334'],
    ['ABCD:EF01:2345:6789:ABCD:EF01:2345:6789', 'abcdef0123456789abcdef0123456789'],
    ['2001:DB8::8:800:200C:417A', '20010db80000000000080800200c417a'],
    ['FF01::101', 'ff010000000000000000000000000101'],
    ['::1', '00000000000000000000000000000001'],
    ['::', '00000000000000000000000000000000'],
    ['2001:db8::', '20010db8000000000000000000000000'],
    ['2001:db8:1:2:3:4::5', '20010db8000100020003000400000005'],
    ['::ffff:192.0.2.128', '00000000000000000000ffffc0000280'],
    ['64:ff9b::192.0.2.33', '0064ff9b0000000000000000c0000221'],
    ['1:2:3:4:5:6:192.0.2.33', '000100020003000400050006c0000221'],
  ])('is for %s %s', (address, expected) => {
    expect(Buffer.from(ipAddressBytes(address) ?? []).toString('hex')).toBe(expected);
  });

  test.each([
    '',
    'fl.example.org',
    '1.2.3',
    '1.2.3.256',
    '1::2::3',
    '1:2:3:4:5:6:7',
    'fe80::1%eth0',
    '::1%1',
  ])('is none for %j', (text) => {
    expect(ipAddressBytes(text)).toBeUndefined();
  });
});
