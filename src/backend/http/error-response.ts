import type { ErrorResponse } from '../../contract/api/response.ts';
import { API_ERRORS, ApiError } from '../../contract/errors.ts';

/** Body of an error; texts of failures on our side stay inside. */
export const errorResponse = (error: ApiError, requestId: string): ErrorResponse => {
  const { http, status } = API_ERRORS[error.code];
  const hidden = http === 500;
  return {
    status,
    code: error.code,
    message: hidden ? 'Something went wrong here; the log says more under the request id.' : error.message,
    request_id: requestId,
    ...(error.reason === undefined ? {} : { reason: error.reason }),
    ...(error.challenge === undefined ? {} : { challenge: error.challenge }),
    ...(error.factors === undefined ? {} : { factors: [...error.factors] }),
    ...(error.changes === undefined ? {} : { changes: [...error.changes] }),
    ...(error.fields === undefined || hidden ? {} : { fields: [...error.fields] }),
  };
};
