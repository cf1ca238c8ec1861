import { describe, expect, test } from '@jest/globals';
import { csvOf } from './csv.ts';

describe('CSV export', () => {
  test('quotes cells that hold separators, quotes or line ends', () => {
    expect(csvOf([['a,b', 'c"d', 'e\nf', 3]])).toBe('\uFEFF"a,b","c""d","e\nf",3\r\n');
  });

  test('keeps a spreadsheet from running a name as a formula', () => {
    expect(csvOf([['=cmd()', '@x', 'plain']])).toBe("\uFEFF'=cmd(),'@x,plain\r\n");
  });
});
