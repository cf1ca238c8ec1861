import { expect, test } from '@jest/globals';
import { ApiError } from '../../../contract/errors.ts';
import { KIT_QUEUE } from '../../../contract/kit-queue.ts';
import { PkiError } from '../../../pki/pki-error.ts';
import { kitError } from './kit-errors.ts';

test.each([
  ['too many wait, or one has waited too long', new ApiError('unavailable', 'Busy.', { retryAfter: 10 })],
  ['too many wait for a key pair', new PkiError('pool_busy', { retryAfter: 10 })],
])('says that the turn has not come when %s', (_when, error) => {
  expect(kitError(error)).toMatchObject({
    code: 'unavailable',
    retryAfter: 10,
    fields: [{ path: KIT_QUEUE }],
  });
});

test('passes on what no turn can mend', () => {
  const full = new ApiError('sealed', 'The root CA is sealed.');
  expect(kitError(full)).toBe(full);
});
