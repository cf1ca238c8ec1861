import { API_ERRORS, PRECONDITION_FAILED, type ApiErrorCode } from '../../contract/errors.ts';
import { ErrorResponse } from '../../contract/api/response.ts';

/** Errors every route can end in. */
const COMMON: readonly ApiErrorCode[] = [
  'malformed',
  'unauthenticated',
  'password_change_required',
  'second_factor_enrolment_required',
  'too_large',
  'unsupported_media_type',
  'too_many_requests',
  'internal',
  'unavailable',
];

type ErrorStatus = (typeof API_ERRORS)[ApiErrorCode]['http'] | typeof PRECONDITION_FAILED;
type ErrorSchemas = Readonly<Partial<Record<ErrorStatus, typeof ErrorResponse>>>;

/** Response schemas of a route: its success responses, the errors common to all routes, and the ones named. */
export const responses = <S extends Readonly<Record<number, unknown>>>(
  success: S,
  ...codes: readonly ApiErrorCode[]
): ErrorSchemas & S => {
  const errors: Partial<Record<ErrorStatus, typeof ErrorResponse>> = {};
  for (const code of [...COMMON, ...codes]) {
    errors[API_ERRORS[code].http] = ErrorResponse;
    if (code === 'changed') {
      errors[PRECONDITION_FAILED] = ErrorResponse;
    }
  }
  return { ...errors, ...success };
};
