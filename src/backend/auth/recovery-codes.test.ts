import { describe, expect, it } from '@jest/globals';
import { newRecoveryCodes, recoveryHash } from './recovery-codes.ts';

describe('newRecoveryCodes', () => {
  it('generates ten different codes in groups of four', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^[\da-hjkmnp-tv-z]{4}(-[\da-hjkmnp-tv-z]{4}){5}$/);
    }
  });
});

describe('recoveryHash', () => {
  it.each(['abcd-efgh-jkmn-pqrs', 'ABCD EFGH JKMN PQRS', ' abcdefghjkmnpqrs '])(
    'is the same for %j',
    (typed) => {
      expect(recoveryHash(typed)).toBe(recoveryHash('abcd-efgh-jkmn-pqrs'));
    },
  );

  it('differs between codes', () => {
    expect(recoveryHash('abcd-efgh-jkmn-pqrs')).not.toBe(recoveryHash('abcd-efgh-jkmn-pqrt'));
  });
});
