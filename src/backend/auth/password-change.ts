import { ApiError } from '../../contract/errors.ts';
import { AUTHORIZATION, type Operation } from './authorization.ts';
import type { Principal } from './principal.ts';

/** Everything that somebody may do whose password was chosen by somebody else; `users.change` looks closer. */
const OPEN: ReadonlySet<Operation> = new Set([
  'session.close',
  'session.confirm',
  'session.list',
  'me.read',
  'users.change',
]);

/** @throws ApiError `password_change_required` for somebody whose password was chosen by somebody else */
export const refuseOutdatedPassword = (principal: Principal): void => {
  if (!principal.passwordChangeRequired) {
    return;
  }
  throw new ApiError('password_change_required', 'Change your password first: somebody else chose it.');
};

/** Lets only what everybody may do and the change itself pass. @throws ApiError as {@link refuseOutdatedPassword} */
export const requireOwnPassword = (principal: Principal, operation: Operation): void => {
  if (AUTHORIZATION[operation] !== 'anyone' && !OPEN.has(operation)) {
    refuseOutdatedPassword(principal);
  }
};
