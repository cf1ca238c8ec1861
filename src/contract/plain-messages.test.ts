import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { usePlainMessages } from './plain-messages.ts';

usePlainMessages();

test.each([
  [z.string(), undefined, 'is missing'],
  [z.string(), 7, 'is not a text'],
  [z.number(), 'seven', 'is not a number'],
  [z.int(), 1.5, 'is not a whole number'],
  [z.boolean(), 'yes', 'is neither true nor false'],
  [z.array(z.string()), {}, 'is not a list'],
  [z.object({}), [], 'is not an object'],
  [z.record(z.string(), z.string()), null, 'is not an object'],
  [z.string().max(1), 'ab', 'is longer than 1 character'],
  [z.string().min(1), '', 'is empty'],
  [z.string().min(8), 'ab', 'is shorter than 8 characters'],
  [z.array(z.int()).max(2), [1, 2, 3], 'has more than 2 entries'],
  [z.array(z.int()).min(1), [], 'is empty'],
  [z.number().max(5), 6, 'is greater than 5'],
  [z.number().lt(5), 5, 'is not less than 5'],
  [z.number().min(5), 4, 'is less than 5'],
  [z.number().gt(5), 5, 'is not greater than 5'],
  [z.number().multipleOf(5), 4, 'is no multiple of 5'],
  [z.email(), 'x', 'is not an e-mail address'],
  [z.string().regex(/^a$/), 'b', 'has the wrong form'],
  [z.enum(['a', 'b', 'c']), 'd', 'is none of a, b and c'],
  [z.enum(['a', 'b']), undefined, 'is missing'],
  [z.literal('a'), 'd', 'is not a'],
  [z.strictObject({}), { x: 1, y: 2 }, 'holds what is not known here: x, y'],
  [z.union([z.string(), z.number()]), true, 'has the wrong form'],
])('%#: says of a value what is wrong', (schema, value, message) => {
  expect(z.safeParse(schema, value).error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test('leaves the words of a schema alone', () => {
  expect(z.string('is not a name').safeParse(1).error?.issues[0]?.message).toBe('is not a name');
});
