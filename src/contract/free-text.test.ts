import { describe, expect, it } from '@jest/globals';
import { hasHiddenCharacters, hasHiddenCharactersInLines } from './free-text.ts';

describe('free text', () => {
  it.each([
    ['NUL', '\0'],
    ['escape', '\u001b'],
    ['C1 control', '\u0085'],
    ['soft hyphen', '\u00ad'],
    ['zero-width space', '\u200b'],
    ['zero-width joiner', '\u200d'],
    ['word joiner', '\u2060'],
    ['byte order mark', '\ufeff'],
    ['right-to-left override', '\u202e'],
    ['isolate', '\u2066'],
    ['line separator', '\u2028'],
    ['Hangul filler', '\u3164'],
    ['half-width Hangul filler', '\uffa0'],
    ['Braille blank', '\u2800'],
    ['combining grapheme joiner', '\u034f'],
    ['variation selector', '\ufe0f'],
    ['tag letter', '\u{e0061}'],
    ['lone surrogate', '\ud800'],
    ['private use', '\ue000'],
    ['unassigned', '\u0378'],
  ])('is refused with a hidden %s', (_what, character) => {
    expect(hasHiddenCharacters(`Dr. ${character}Honest`)).toBe(true);
    expect(hasHiddenCharactersInLines(`one\ntwo ${character}`)).toBe(true);
  });

  it.each(['Dr. Müller-Ångström', 'Иван Петров', '李 小龍', 'محمد', 'नमस्ते', 'Zoë O’Brien, M.D.', 'study 🫁'])(
    'is accepted as %s',
    (text) => {
      expect(hasHiddenCharacters(text)).toBe(false);
    },
  );

  it('takes line breaks and tabs where it has several lines only', () => {
    expect(hasHiddenCharactersInLines('one\n\ttwo\r\n')).toBe(false);
    expect(hasHiddenCharacters('one\ntwo')).toBe(true);
  });
});
