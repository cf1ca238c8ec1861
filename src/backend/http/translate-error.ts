import { z } from 'zod';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ApiError } from '../../contract/errors.ts';
import { issueCode } from '../../contract/issue-code.ts';
import { isUnavailable } from '../store/postgres/unavailable.ts';

const Coded = z.object({ code: z.string(), message: z.string().catch('') });

/** Errors with which fastify ends a request before a handler runs. */
const FASTIFY: Readonly<Record<string, () => ApiError>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new ApiError('unsupported_media_type', 'Send JSON with content type application/json.'),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new ApiError('too_large', 'The body is larger than 128 KiB.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new ApiError('malformed', 'The body is not as long as announced.'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => new ApiError('malformed', 'The body is not JSON.'),
};

const unavailable = (message: string) => (cause: unknown) =>
  new ApiError('unavailable', message, { cause, retryAfter: 5 });

/** The database's own failures: prefix of SQLite's or PostgreSQL's code. */
const DATABASE: readonly (readonly [RegExp, (cause: unknown) => ApiError])[] = [
  [/^(SQLITE_FULL|53100)/, unavailable('The disk is full; nothing was changed.')],
  [
    /^SQLITE_READONLY_DBMOVED/,
    (cause) =>
      new ApiError(
        'database_moved',
        'The database file was moved, deleted or replaced; nothing was changed. Put it back, or restart the dashboard.',
        { cause, retryAfter: 5 },
      ),
  ],
  [
    /^(SQLITE_READONLY|SQLITE_CANTOPEN)/,
    unavailable('The project folder cannot be written; nothing was changed.'),
  ],
  [/^25006/, unavailable('The database server takes no writes now; nothing was changed. Try again.')],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB)/, unavailable('The database is damaged; restore a backup.')],
  [/^SQLITE_BUSY/, unavailable('Another program is writing to the database; nothing was changed.')],
  [/^SQLITE_(IOERR|LOCKED)/, unavailable('The database cannot be used now; nothing was changed.')],
  // Cancelled by a limit of the database, or undone in favor of another transaction.
  [/^(55P03|57014|40001|40P01)/, unavailable('The database is busy; nothing was changed. Try again.')],
  [
    /^(23505|SQLITE_CONSTRAINT_UNIQUE)/,
    (cause) =>
      new ApiError('conflicting', 'Another request has just taken this name. Reload and try again.', {
        cause,
      }),
  ],
];

/** Turns whatever a request ended in into one of our errors; the unknown becomes `internal`, with its cause. */
export const translateError = (error: unknown): ApiError => {
  if (error instanceof ApiError) {
    return error;
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map(({ instancePath, message = 'is wrong', params }) => ({
      path: instancePath.slice(1).replaceAll('/', '.'),
      message,
      code: issueCode(params),
    }));
    const { path = '', message = 'is wrong' } = fields[0] ?? {};
    const what = path === '' ? 'The request' : path;
    return new ApiError('invalid', `${what} ${message}`, { fields });
  }
  const coded = Coded.safeParse(error);
  if (coded.success) {
    const known = FASTIFY[coded.data.code];
    if (known !== undefined) {
      return known();
    }
    const database = DATABASE.find(([code]) => code.test(coded.data.code));
    if (database !== undefined) {
      return database[1](error);
    }
    if (isUnavailable(error)) {
      return unavailable('The database does not respond; try again.')(error);
    }
  }
  if (error instanceof SyntaxError && 'statusCode' in error) {
    return new ApiError('malformed', 'The body is not JSON.');
  }
  return new ApiError('internal', 'internal error', { cause: error });
};
