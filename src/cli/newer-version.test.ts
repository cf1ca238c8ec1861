import { expect, test } from '@jest/globals';
import { isNewer } from './newer-version.ts';

test.each([
  ['0.10.0', '0.9.9', true],
  ['1.0.0', '0.9.0', true],
  ['0.9.0', '0.9.0', false],
  ['0.9.0-rc.1', '0.9.0', false],
  ['0.8.9', '0.9.0', false],
])('%s is newer than %s: %s', (version, than, expected) => {
  expect(isNewer(version, than)).toBe(expected);
});
