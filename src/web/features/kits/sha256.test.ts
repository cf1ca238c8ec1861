import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sha256 } from './sha256.ts';

test('computes what Node computes, for contents of every length around a block', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (content) => {
      expect(sha256(content)).toBe(createHash('sha256').update(content).digest('hex'));
    }),
    { numRuns: 500 },
  );
});
