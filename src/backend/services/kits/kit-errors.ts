import { ApiError, type ApiErrorCode } from '../../../contract/errors.ts';
import { KIT_QUEUE } from '../../../contract/kit-queue.ts';
import { KitError, type KitErrorCode } from '../../../kits/kit-error.ts';
import { PkiError } from '../../../pki/pki-error.ts';

const KIT_CODES: Readonly<Record<KitErrorCode, ApiErrorCode>> = {
  server_unnamed: 'project_incomplete',
  second_server_unnamed: 'project_incomplete',
  overseer_unnamed: 'project_incomplete',
  no_high_availability: 'no_overseer',
  high_availability_unsupported: 'no_overseer',
  properties_invalid: 'project_incomplete',
  relay_unknown: 'project_incomplete',
  relay_unsupported: 'project_incomplete',
  hierarchy_circular: 'project_incomplete',
  root_forbids_job_ca: 'project_incomplete',
  ports_equal: 'project_incomplete',
  pin_invalid: 'invalid',
};

const QUEUED = [{ path: KIT_QUEUE, message: 'has not reached this request yet' }];

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/**
 * Returns the API's error for a kit that could not be generated.
 *
 * @returns an ApiError for what the project or the requester can change; anything else as it came
 */
export const kitError = (error: unknown): unknown => {
  if (error instanceof KitError) {
    return new ApiError(KIT_CODES[error.code], sentence(error.message), {
      cause: error,
      ...(error.problems.length === 0 ? {} : { fields: error.problems }),
    });
  }
  if (error instanceof ApiError && error.code === 'unavailable') {
    return new ApiError('unavailable', error.message, {
      cause: error,
      fields: QUEUED,
      ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    });
  }
  if (!(error instanceof PkiError)) {
    return error;
  }
  switch (error.code) {
    case 'pool_busy':
      return new ApiError('unavailable', 'Too many startup kits are being made. Try again in a moment.', {
        cause: error,
        fields: QUEUED,
        retryAfter: error.retryAfter ?? 1,
      });
    case 'root_expired':
      return new ApiError('conflicting', sentence(error.message), {
        cause: error,
        fields: [{ path: 'certificate', code: 'root_expired', message: 'would outlive the root CA' }],
      });
    case 'name_invalid':
    case 'request_invalid':
      return new ApiError('conflicting', sentence(error.message), {
        cause: error,
        fields: [{ path: 'name', message: 'cannot stand in a certificate' }],
      });
    case 'passphrase_missing':
    case 'passphrase_wrong':
    case 'passphrase_unneeded':
    case 'key_damaged':
    case 'root_damaged':
    case 'pool_closed':
      return error;
  }
};
