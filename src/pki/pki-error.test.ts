import { describe, expect, test } from '@jest/globals';
import { PkiError, type PkiErrorCode } from './pki-error.ts';

/** A record, so that the compiler misses a code that is not tested. */
const SENTENCES: Readonly<Record<PkiErrorCode, RegExp>> = {
  passphrase_missing: /no passphrase was given$/,
  passphrase_wrong: /does not open the root key$/,
  passphrase_unneeded: /stored without one$/,
  key_damaged: /root key cannot be read$/,
  root_damaged: /root certificate cannot be read$/,
  root_expired: /root certificate has expired$/,
  name_invalid: /cannot stand in a certificate$/,
  request_invalid: /request/,
  pool_busy: /too many key pairs are being waited for$/,
  pool_closed: /key pool is closed$/,
};
const codes: readonly PkiErrorCode[] = [
  'passphrase_missing',
  'passphrase_wrong',
  'passphrase_unneeded',
  'key_damaged',
  'root_damaged',
  'root_expired',
  'name_invalid',
  'pool_busy',
  'pool_closed',
];

describe('an error of the certificate authority', () => {
  test.each(codes)('says in a sentence what %s means, and no more', (code) => {
    const error = new PkiError(code);
    expect(error).toMatchObject({ name: 'PkiError', code, retryAfter: undefined });
    expect(error.message).toMatch(SENTENCES[code]);
  });

  test('adds the detail, the cause and when to ask again', () => {
    const cause = new Error('why');
    const error = new PkiError('pool_busy', { cause, detail: '9 of 9', retryAfter: 5 });
    expect(error).toMatchObject({ cause, retryAfter: 5 });
    expect(error.message).toBe('too many key pairs are being waited for: 9 of 9');
  });
});
