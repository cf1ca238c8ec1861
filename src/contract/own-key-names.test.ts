import { describe, expect, it } from '@jest/globals';
import { ownKeyNameWarnings } from './own-key-names.ts';

describe('ownKeyNameWarnings', () => {
  it.each(['', 'lung-study', 'lung_study.2'])('says nothing of the short name %j', (shortName) => {
    expect(ownKeyNameWarnings(shortName)).toEqual([]);
  });

  it('warns of spaces in the short name', () => {
    expect(ownKeyNameWarnings('lung study').map(({ path }) => path)).toEqual(['short_name']);
  });
});
