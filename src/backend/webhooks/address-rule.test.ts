import { describe, expect, it } from '@jest/globals';
import { addressRule, readNetworks } from './address-rule.ts';

const none = addressRule([]);

describe('an address rule', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.192',
    '198.18.0.1',
    '168.63.129.16',
    '100.100.100.200',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '[::1]',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:7f00:1',
    '0000:0000:0000:0000:0000:ffff:a9fe:a9fe',
    '::ffff:169.254.169.254',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('refuses %s', (address) => {
    expect(none.mayReach(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '::ffff:8.8.8.8', '2606:4700::1111', '[2606:4700::1111]'])(
    'lets %s pass',
    (address) => {
      expect(none.mayReach(address)).toBe(true);
    },
  );

  it('lets allowed networks pass, also as IPv4-mapped IPv6', () => {
    const rule = addressRule(['10.1.0.0/16', 'fd00::/8', '127.0.0.1']);
    for (const address of ['10.1.9.9', '::ffff:10.1.9.9', '::ffff:a01:909', 'fd00::1', '127.0.0.1']) {
      expect([address, rule.mayReach(address), rule.isAllowed(address)]).toEqual([address, true, true]);
    }
    for (const address of ['10.2.0.1', 'fe80::1', '127.0.0.2']) {
      expect([address, rule.mayReach(address)]).toEqual([address, false]);
    }
    expect(rule.isAllowed('8.8.8.8')).toBe(false);
  });

  it.each(['intranet', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'fe80::1%eth0', '010.0.0.1', ''])(
    'names the entry "%s" that is no network',
    (entry) => {
      expect(() => readNetworks([entry])).toThrow(`"${entry}" is neither an address nor a network`);
    },
  );
});
