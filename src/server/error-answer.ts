import type { ErrorAnswer } from '../domain/api/answer.ts';
import { API_ERRORS, ApiError } from '../domain/errors.ts';

/** Body of an error; texts of failures on our side stay inside. */
export const errorAnswer = (error: ApiError, requestId: string): ErrorAnswer => {
  const { http, status } = API_ERRORS[error.code];
  const hidden = http === 500;
  return {
    status,
    code: error.code,
    message: hidden ? 'Something went wrong here; the log says more under the request id.' : error.message,
    request_id: requestId,
    ...(error.reason === undefined ? {} : { reason: error.reason }),
    ...(error.fields === undefined || hidden ? {} : { fields: [...error.fields] }),
  };
};
