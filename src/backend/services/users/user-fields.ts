import { ApiError, type FieldProblem } from '../../../contract/errors.ts';
import type { Role } from '../../../contract/roles.ts';

/** Ends in ApiError `invalid` that names all wrong fields; does nothing without any. */
export const refuseFields = (problems: readonly FieldProblem[]): void => {
  const [first] = problems;
  if (first !== undefined) {
    throw new ApiError('invalid', `${first.path} ${first.message}`, { fields: problems });
  }
};

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
 * @throws ApiError `conflicting` for a project admin, as NVIDIA's dashboard responds; `invalid` for any other
 */
export const signUpRole = (text: string | undefined): Role | '' => {
  if (text === 'project_admin') {
    throw new ApiError('conflicting', 'Nobody can register as a project admin.', {
      fields: [{ path: 'role', code: 'role_reserved', message: 'is granted by the project admin only' }],
    });
  }
  return chosenRole(text);
};
