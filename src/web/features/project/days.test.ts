import { describe, expect, test } from '@jest/globals';
import { dayOf, storedDay } from './days.ts';

describe('project dates', () => {
  test("keep the form that NVIDIA's dashboard stores through an edit", () => {
    expect(storedDay(dayOf('Mon Nov 23 2026'))).toBe('Mon Nov 23 2026');
  });

  test('are none when the stored text is no date', () => {
    expect(dayOf('soon')).toBeNull();
    expect(dayOf('')).toBeNull();
    expect(storedDay(null)).toBe('');
  });
});
