import { ApiError, type FieldProblem } from '../../../contract/errors.ts';
import { hasHiddenCharacters, hasHiddenCharactersInLines } from '../../../contract/free-text.ts';
import { Email, OrganizationName, SiteName } from '../../../contract/names.ts';
import type { Role } from '../../../contract/roles.ts';

interface Checker {
  readonly safeParse: (value: unknown) => {
    readonly success: boolean;
    readonly error?: { readonly issues: readonly { readonly message: string }[] } | undefined;
  };
}

/** Ends in ApiError `invalid` that names all wrong fields; does nothing without any. */
export const refuseFields = (problems: readonly FieldProblem[]): void => {
  const [first] = problems;
  if (first !== undefined) {
    throw new ApiError('invalid', `${first.path} ${first.message}`, { fields: problems });
  }
};

const problemOf = (path: string, checker: Checker, value: string): readonly FieldProblem[] =>
  (checker.safeParse(value).error?.issues ?? []).map(({ message }) => ({ path, message }));

const hidden = (path: string): readonly FieldProblem[] => [
  { path, code: 'control_characters', message: 'holds control or invisible characters' },
];

/** What is wrong with a line of free text, such as a name. */
export const lineProblems = (path: string, value: string | undefined): readonly FieldProblem[] =>
  value !== undefined && hasHiddenCharacters(value) ? hidden(path) : [];

/** What is wrong with free text that may have several lines. */
export const textProblems = (path: string, value: string | undefined): readonly FieldProblem[] =>
  value !== undefined && hasHiddenCharactersInLines(value) ? hidden(path) : [];

export const emailProblems = (value: string): readonly FieldProblem[] => problemOf('email', Email, value);

/** An empty organization is none yet, not a wrong one. */
export const organizationProblems = (value: string | undefined): readonly FieldProblem[] =>
  value === undefined || value === '' ? [] : problemOf('organization', OrganizationName, value);

export const siteNameProblems = (path: string, value: string): readonly FieldProblem[] =>
  problemOf(path, SiteName, value);

/** Roles a sign-up may ask for; `user` is NVIDIA's first word for a member. */
const SIGN_UP: Readonly<Record<string, Role | ''>> = {
  '': '',
  user: 'member',
  member: 'member',
  lead: 'lead',
  org_admin: 'org_admin',
};

/** Returns the role that a person may choose. @throws ApiError `invalid` for any other */
export const chosenRole = (text: string | undefined): Role | '' => {
  const role = Object.hasOwn(SIGN_UP, text ?? '') ? SIGN_UP[text ?? ''] : undefined;
  if (role === undefined) {
    refuseFields([{ path: 'role', message: 'is not a role one can sign up for: org_admin, lead or member' }]);
    return '';
  }
  return role;
};

/**
 * Returns the role of a sign-up.
 *
 * @throws ApiError `conflicting` for a project admin, as NVIDIA's dashboard answers; `invalid` for any other
 */
export const signUpRole = (text: string | undefined): Role | '' => {
  if (text === 'project_admin') {
    throw new ApiError('conflicting', 'Nobody can register as a project admin.', {
      fields: [{ path: 'role', code: 'role_reserved', message: 'is granted by the project admin only' }],
    });
  }
  return chosenRole(text);
};
