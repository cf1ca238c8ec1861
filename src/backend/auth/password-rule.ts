import { NewPassword } from '../../contract/api/login.ts';
import type { FieldProblem } from '../../contract/errors.ts';
import { passwordWeakness, plainForms, type PasswordContext } from '../../contract/password-weakness.ts';
import type { Passwords } from './passwords.ts';

const WEAKNESSES = {
  contains_email: {
    path: 'password',
    code: 'contains_email',
    message: 'contains the e-mail address or its name',
  },
  too_common: {
    path: 'password',
    code: 'too_common',
    message: 'is easy to guess: it is common, or built of common words or names of this project',
  },
} as const satisfies Readonly<Record<string, FieldProblem>>;

/** The rule for every new password, however it gets here: length, no weakness, and not on the list of common ones. */
export const passwordProblems = async (
  value: string,
  context: PasswordContext,
  passwords: Pick<Passwords, 'isListed'>,
): Promise<readonly FieldProblem[]> => {
  const password = value.normalize('NFKC');
  const broken = NewPassword.safeParse(password).error?.issues ?? [];
  if (broken.length > 0) {
    return broken.map(({ message }) => ({ path: 'password', message }));
  }
  const weakness = passwordWeakness(password, context);
  if (weakness !== undefined) {
    return [WEAKNESSES[weakness]];
  }
  for (const form of plainForms(password.toLowerCase())) {
    if (await passwords.isListed(form)) {
      return [WEAKNESSES.too_common];
    }
  }
  return [];
};
