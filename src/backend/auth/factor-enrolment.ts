import { ApiError } from '../../contract/errors.ts';
import { AUTHORIZATION, type Operation } from './authorization.ts';
import type { Principal } from './principal.ts';

/** Everything that somebody may do who must have a second factor and has none. */
const OPEN: ReadonlySet<Operation> = new Set([
  'session.close',
  'session.confirm',
  'session.list',
  'me.read',
  'second_factor.read',
  'second_factor.change',
]);

/**
 * Lets only what everybody may do and the enrolment itself pass. Whoever must change the password does that first.
 *
 * @throws ApiError `second_factor_enrolment_required`
 */
export const requireEnrolment = (principal: Principal, operation: Operation): void => {
  if (
    principal.secondFactor !== 'required' ||
    principal.passwordChangeRequired ||
    AUTHORIZATION[operation] === 'anyone' ||
    OPEN.has(operation)
  ) {
    return;
  }
  throw new ApiError(
    'second_factor_enrolment_required',
    'Set up a second factor first: this project requires one (POST /second-factor/totp).',
  );
};
