import { describe, expect, test } from '@jest/globals';
import type { SubjectAltName } from '../contract/certificate.ts';
import { toDer, type Asn1 } from './der.ts';
import {
  authorityKeyIdentifier,
  authorityKeyUsage,
  caBasicConstraints,
  keyIdentifierOf,
  subjectAltNames,
  subjectKeyIdentifier,
} from './extensions.ts';

const hex = (tree: Asn1): string => toDer(tree).toString('hex');
const identifier = Buffer.from('010203', 'hex');

describe('an extension is written as RFC 5280 wants it:', () => {
  // The octets are those of `openssl req -x509 -addext`.
  const encoded: readonly (readonly [string, () => Asn1, string])[] = [
    ['the subject key identifier', () => subjectKeyIdentifier(identifier), '300c0603551d0e04050403010203'],
    [
      'the authority key identifier',
      () => authorityKeyIdentifier(identifier),
      '300e0603551d23040730058003010203',
    ],
    ['the basic constraints, critical', () => caBasicConstraints(), '300f0603551d130101ff040530030101ff'],
    [
      'digitalSignature, keyCertSign and cRLSign, critical',
      () => authorityKeyUsage(),
      '300e0603551d0f0101ff040403020186',
    ],
  ];
  test.each(encoded)('%s', (_what, make, expected) => {
    expect(hex(make())).toBe(expected);
  });
});

test("a key's identifier is its SHA-1 (method 1 of RFC 5280, 4.2.1.2)", () => {
  // The example of FIPS 180-4 for the message "abc".
  expect(keyIdentifierOf(Buffer.from('abc')).toString('hex')).toBe(
    'a9993e364706816aba3e25717850c26c9cd0d89d',
  );
});

describe('alternative names', () => {
  const dns = (value: string): SubjectAltName => ({ type: 'dns', value });
  const ip = (value: string): SubjectAltName => ({ type: 'ip', value });

  test('stand in the given order, each kind by its tag', () => {
    expect(hex(subjectAltNames([ip('10.1.2.3'), dns('a'), ip('::1'), dns('b')]))).toBe(
      ['30270603551d11042030', '1e', '87040a010203', '820161', `8710${'00'.repeat(15)}01`, '820162'].join(''),
    );
  });

  test('stand there once', () => {
    expect(hex(subjectAltNames([dns('a'), dns('b'), dns('a')]))).toBe(
      hex(subjectAltNames([dns('a'), dns('b')])),
    );
  });

  test('may hold the same text as name and as address', () => {
    expect(hex(subjectAltNames([dns('10.1.2.3'), ip('10.1.2.3')]))).toBe(
      '30190603551d1104123010820831302e312e322e3387040a010203',
    );
  });

  test.each([' ', '~', 'ada@example.org', 'Breast study', 'x'.repeat(253)])('may be %j', (value) => {
    expect(hex(subjectAltNames([dns(value)]))).toContain(Buffer.from(value).toString('hex'));
  });

  test.each(['', 'x'.repeat(254), 'ümlaut', 'umlaü', 'a\x1f', '\x7fa', 'a\n'])('may not be %j', (value) => {
    expect(() => subjectAltNames([dns('a'), dns(value)])).toThrow(
      expect.objectContaining({
        code: 'name_invalid',
        message: `a name cannot stand in a certificate: ${JSON.stringify(value)} as an alternative name`,
      }),
    );
  });

  test.each(['', '1.2.3', 'fe80::1%eth0', 'fl.example.org'])('may not be the address %j', (value) => {
    expect(() => subjectAltNames([ip(value)])).toThrow(
      expect.objectContaining({
        code: 'name_invalid',
        message: `a name cannot stand in a certificate: ${JSON.stringify(value)} is not an IP address`,
      }),
    );
  });

  test('are at least one', () => {
    expect(() => subjectAltNames([])).toThrow(
      expect.objectContaining({
        code: 'name_invalid',
        message: 'a name cannot stand in a certificate: no alternative name was given',
      }),
    );
  });
});
