import { ApiError } from '../../../contract/errors.ts';

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** @param why completes "The request …" or stands alone, without a full stop */
export const refusedRequest = (why: string, cause?: unknown): ApiError =>
  new ApiError('invalid', sentence(why), { cause, fields: [{ path: 'request', message: why }] });
