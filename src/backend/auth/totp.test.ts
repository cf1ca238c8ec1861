import { describe, expect, it } from '@jest/globals';
import { checkTotp, newTotpSecret, totpUri } from './totp.ts';

/** The secret of RFC 6238, appendix B ("12345678901234567890"), in base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('checkTotp', () => {
  // The last six of the eight digits that RFC 6238 lists.
  it.each([
    [59, '287082', 1],
    [1111111109, '081804', 37037036],
    [1111111111, '050471', 37037037],
    [1234567890, '005924', 41152263],
    [2000000000, '279037', 66666666],
    [20000000000, '353130', 666666666],
  ])('accepts the code of RFC 6238 at second %s', (seconds, code, step) => {
    expect(checkTotp(SECRET, code, at(seconds))).toEqual({ step });
  });

  it.each([-30, 30])('accepts a clock that is off by %s seconds', (off) => {
    expect(checkTotp(SECRET, '005924', at(1234567890 + off))).toEqual({ step: 41152263 });
  });

  it.each([-120, -60, 60, 120])('recognizes a clock that is off by %s seconds', (off) => {
    expect(checkTotp(SECRET, '005924', at(1234567890 + off))).toBe('clock_differs');
  });

  it.each(['005925', '', '5924', '0059240', 'abcdef', '𝆺𝅥𝅮'])('refuses %j', (code) => {
    expect(checkTotp(SECRET, code, at(1234567890))).toBe('wrong_code');
  });

  it('refuses a code that is an hour old', () => {
    expect(checkTotp(SECRET, '005924', at(1234567890 + 3600))).toBe('wrong_code');
  });
});

describe('totpUri', () => {
  it('names issuer, account and secret', () => {
    const uri = new URL(totpUri(SECRET, 'Project X', 'ann@example.org'));
    expect(uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri.pathname)).toContain('Project X:ann@example.org');
    expect(uri.searchParams.get('secret')).toBe(SECRET);
  });

  it('holds 160 random bits', () => {
    expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(newTotpSecret());
  });
});
