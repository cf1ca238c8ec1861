import { describe, expect, test } from '@jest/globals';
import { BooleanText } from './boolean-text.ts';

describe('a boolean of the environment', () => {
  test.each(['1', 'true', 'TRUE', 'yes', 'On'])('reads %j as true', (text) => {
    expect(BooleanText.parse(text)).toBe(true);
  });
  test.each(['0', 'false', 'No', 'off'])('reads %j as false', (text) => {
    expect(BooleanText.parse(text)).toBe(false);
  });
  test.each(['', '2', 'ja', 'enabled', 'y'])('rejects %j', (text) => {
    expect(BooleanText.safeParse(text).error?.issues[0]?.message).toBe('is neither true nor false');
  });
});
