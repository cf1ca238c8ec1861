import { describe, expect, it } from '@jest/globals';
import { passwordProblems } from './password-rule.ts';

const CONTEXT = {
  email: 'marianne@clinic.example.org',
  name: 'Marianne Weber',
  organization: 'Hospital_A',
  project: { short_name: 'nodules', title: 'Lung nodules study' },
};
const passwords = { isListed: (text: string) => Promise.resolve(text === 'tequiero') };
const problems = (value: string, context: Parameters<typeof passwordProblems>[1] = CONTEXT) =>
  passwordProblems(value, context, passwords);

describe('a new password', () => {
  it.each([
    ['shorter than 8 characters', 'a1b2c3d'],
    ['tried first, in any case', 'PassWord123'],
    ['the e-mail', 'Marianne@clinic.example.org'],
    ['built around the name of the e-mail, in any case', 'xx-MARIANNE-99'],
    ['the organization', 'Hospital_A'],
    ['the organization with a year', 'hospital-a-2026'],
    ['the product and the project', 'nvflare-study'],
    ['the project twice', 'Nodules2026Nodules'],
    ['the person', 'Weber-2026!'],
    ['the domain of the e-mail', 'Clinic-12345'],
    ['a common word with digits for letters', 'Passw0rd-2026'],
    ['a common word with signs for letters', 'P@ssw0rd_1'],
    ['a common word between digits', '2026-P@$$w0rd-1345'],
    ['a common word with a digit', 'Password-1'],
    ['a season with a year', 'Winter-2026!'],
    ['a row of keys with digits', 'Qwerty-12345'],
    ['a listed one with signs around it', '!!tequiero!!'],
    ['written in full-width letters', 'Ｐａｓｓｗｏｒｄ－１'],
  ])('is refused when it is %s', async (_what, password) => {
    expect(await problems(password)).toHaveLength(1);
  });

  it.each(['purple-kettle-58', 'correct-horse-battery', 'blue-tractor-91', 'winter kettle orchard 9'])(
    'is accepted when it has nothing to do with the names: %s',
    async (password) => {
      expect(await problems(password)).toEqual([]);
    },
  );

  it('is accepted when it holds a name of a few letters by chance', async () => {
    expect(await problems('purple-kettle-58', { email: 'le@example.org' })).toEqual([]);
  });
});
