import { describe, expect, test } from '@jest/globals';
import { toDer } from './der.ts';
import { distinguishedName, type DistinguishedName } from './distinguished-name.ts';

const hex = (name: DistinguishedName): string => toDer(distinguishedName(name)).toString('hex');
const COMMON_NAME = '310a300806035504030c0161';
const ORGANIZATION = '310b3009060355040a0c02c3bc';
const ROLE = '3113301106092a864886f70d0109020c046c656164';

describe('a distinguished name', () => {
  // The octets are those of `openssl asn1parse -genconf`.
  const encoded: readonly (readonly [string, DistinguishedName, string])[] = [
    ['a common name alone', { commonName: 'a' }, `300c${COMMON_NAME}`],
    ['an organization after it', { commonName: 'a', organization: 'ü' }, `3019${COMMON_NAME}${ORGANIZATION}`],
    ['a role after it', { commonName: 'a', unstructuredName: 'lead' }, `3021${COMMON_NAME}${ROLE}`],
    [
      'organization and role in this order',
      { unstructuredName: 'lead', organization: 'ü', commonName: 'a' },
      `302e${COMMON_NAME}${ORGANIZATION}${ROLE}`,
    ],
  ];
  test.each(encoded)('holds %s', (_what, name, expected) => {
    expect(hex(name)).toBe(expected);
  });

  // Upper bounds of RFC 5280, appendix A.1, and of PKCS#9; they count characters, not bytes.
  const bounds: readonly (readonly [number, string, (text: string) => DistinguishedName])[] = [
    [64, 'a common name', (commonName) => ({ commonName })],
    [64, 'an organization', (organization) => ({ commonName: 'a', organization })],
    [255, 'a role', (unstructuredName) => ({ commonName: 'a', unstructuredName })],
  ];
  test.each(bounds)('takes up to %i characters as %s', (longest, _what, nameOf) => {
    expect(hex(nameOf('x'.repeat(longest)))).toContain('78'.repeat(longest));
    expect(hex(nameOf('🧠'.repeat(longest)))).toContain('f09fa7a0'.repeat(longest));
    const tooLong = 'x'.repeat(longest + 1);
    expect(() => distinguishedName(nameOf(tooLong))).toThrow(
      expect.objectContaining({
        code: 'name_invalid',
        message: `a name cannot stand in a certificate: "${tooLong}" is longer than ${longest} characters`,
      }),
    );
  });

  test.each(bounds)('of %i characters at most has no empty text as %s', (_longest, _what, nameOf) => {
    expect(() => distinguishedName(nameOf(''))).toThrow(
      expect.objectContaining({
        code: 'name_invalid',
        message: 'a name cannot stand in a certificate: it is empty',
      }),
    );
  });

  test.each(['a\nb', '\0', 'b\x7f', '\x85', '\ud800'])('has no control characters: %j', (commonName) => {
    expect(() => distinguishedName({ commonName })).toThrow(
      expect.objectContaining({
        code: 'name_invalid',
        message: `a name cannot stand in a certificate: ${JSON.stringify(commonName)} holds control characters`,
      }),
    );
  });
});
