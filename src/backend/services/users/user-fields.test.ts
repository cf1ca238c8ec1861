import { describe, expect, it } from '@jest/globals';
import { passwordProblems } from './user-fields.ts';

describe('a new password', () => {
  it.each([
    ['shorter than 8 characters', 'a1b2c3d'],
    ['tried first, in any case', 'PassWord123'],
    ['the e-mail', 'Marianne@example.org'],
    ['built around the name of the e-mail, in any case', 'xx-MARIANNE-99'],
  ])('is refused when it is %s', (_what, password) => {
    expect(passwordProblems(password, 'marianne@example.org')).toHaveLength(1);
  });

  it.each([
    ['has nothing to do with the e-mail', 'purple-kettle-58', 'marianne@example.org'],
    ['holds a name of a few letters by chance', 'purple-kettle-58', 'le@example.org'],
  ])('is taken when it %s', (_what, password, email) => {
    expect(passwordProblems(password, email)).toEqual([]);
  });
});
