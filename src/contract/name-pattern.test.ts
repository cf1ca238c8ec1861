import { describe, expect, it } from '@jest/globals';
import { fitsPattern } from './name-pattern.ts';

describe('fitsPattern', () => {
  it.each([
    ['site-1', 'site-1'],
    ['site-*', 'site-1'],
    ['site-*', 'site-'],
    ['*', 'anything'],
    ['*-berlin', 'site-berlin'],
    ['a*b*c', 'abc'],
    ['a*b*c', 'a-b-b-c'],
    ['a**c', 'ac'],
  ])('lets %s stand for %s', (pattern, name) => {
    expect(fitsPattern(pattern, name)).toBe(true);
  });

  it.each([
    ['site-1', 'site-10'],
    ['site-1', 'Site-1'],
    ['site-*', 'other-site-1'],
    ['*-berlin', 'site-berlin-2'],
    ['ab*ba', 'aba'],
    ['a*b*c', 'acb'],
    ['s.te', 'site'],
  ])('does not let %s stand for %s', (pattern, name) => {
    expect(fitsPattern(pattern, name)).toBe(false);
  });

  it('is quick with many stars', () => {
    expect(fitsPattern(`${'*a'.repeat(32)}b`, 'a'.repeat(64))).toBe(false);
  });
});
