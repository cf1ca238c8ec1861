import { expect, test } from '@jest/globals';
import { validityFrom } from './validity.ts';

test('a certificate holds whole days from the second on in which it is made', () => {
  expect(validityFrom(new Date('2027-02-27T23:59:58.999Z'), 2)).toEqual({
    notBefore: new Date('2027-02-27T23:59:58.000Z'),
    notAfter: new Date('2027-03-01T23:59:58.000Z'),
  });
});
