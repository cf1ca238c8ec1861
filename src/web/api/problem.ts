import { API_ERRORS, type ApiErrorCode } from '../../contract/errors.ts';

/** Why a call came to nothing: no response at all, or a code of the API's table of errors. */
export type ProblemCode = ApiErrorCode | 'unreachable';

/** A field that the backend refused; the code is empty when the field breaks the rule of its schema. */
export interface RefusedField {
  readonly path: string;
  readonly code: string;
}

/** A value that has changed since it was shown. */
export interface ShownChange {
  readonly field: string;
  readonly seen?: string | null;
  readonly now: string;
}

interface ProblemDetail {
  readonly httpStatus: number;
  readonly requestId: string;
  readonly fields: readonly RefusedField[];
  readonly changes: readonly ShownChange[];
  /** Seconds to wait before another try; 0 when the server named none. */
  readonly retryAfter: number;
  /** Why the project admin denied the request; empty when no reason was given. */
  readonly reason: string;
  /** Challenge that the second step of a log-in sends back; empty for every other problem. */
  readonly challenge: string;
  /** With it: what can be used besides recovery codes. */
  readonly factors: readonly string[];
}

/** A call to the API that failed, with what a person may want to know of it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly detail: ProblemDetail;

  constructor(code: ProblemCode, message: string, detail: ProblemDetail, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.detail = detail;
  }
}

export const isApiErrorCode = (text: unknown): text is ApiErrorCode =>
  typeof text === 'string' && Object.hasOwn(API_ERRORS, text);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const fieldsOf = (value: unknown): readonly RefusedField[] =>
  Array.isArray(value)
    ? value.filter(isRecord).map((field) => ({ path: textOf(field['path']), code: textOf(field['code']) }))
    : [];

const changesOf = (value: unknown): readonly ShownChange[] =>
  Array.isArray(value)
    ? value.filter(isRecord).map(({ field, seen, now }) => ({
        field: textOf(field),
        seen: typeof seen === 'string' ? seen : null,
        now: textOf(now),
      }))
    : [];

const codeOf = (body: Readonly<Record<string, unknown>>, httpStatus: number): ApiErrorCode => {
  if (isApiErrorCode(body['code'])) {
    return body['code'];
  }
  return httpStatus === 401 ? 'unauthenticated' : httpStatus >= 502 ? 'unavailable' : 'internal';
};

/** Turns an error response (its body already read) into a problem; bodies of other shapes are no obstacle. */
export const problemOf = (body: unknown, response: Response): Problem => {
  const record = isRecord(body) ? body : {};
  return new Problem(codeOf(record, response.status), textOf(record['message']), {
    httpStatus: response.status,
    requestId: textOf(record['request_id']) || (response.headers.get('x-request-id') ?? ''),
    fields: fieldsOf(record['fields']),
    changes: changesOf(record['changes']),
    retryAfter: Number(response.headers.get('retry-after') ?? 0) || 0,
    reason: textOf(record['reason']),
    challenge: textOf(record['challenge']),
    factors: Array.isArray(record['factors']) ? record['factors'].map(textOf) : [],
  });
};

/** The problem of a call that got no response: server down, no network. */
export const unreachable = (cause: unknown): Problem =>
  new Problem(
    'unreachable',
    '',
    {
      httpStatus: 0,
      requestId: '',
      fields: [],
      changes: [],
      retryAfter: 0,
      reason: '',
      challenge: '',
      factors: [],
    },
    { cause },
  );

/** Turns anything that was thrown into a problem. */
export const asProblem = (error: unknown): Problem => (error instanceof Problem ? error : unreachable(error));
