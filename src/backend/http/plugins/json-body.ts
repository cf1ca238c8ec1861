import fastifyPlugin from 'fastify-plugin';
import { ApiError } from '../../../contract/errors.ts';
import { utf8Text } from '../../../contract/utf8-text.ts';
import type { App } from '../app-types.ts';

const MAX_DEPTH = 20;
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)/i;
const UTF8 = /^(utf-?8|us-ascii)$/i;

/** Decompressing what strangers send costs more than it saves: nothing a client sends is large. */
const requireUncompressed = (encoding: string | undefined): void => {
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new ApiError('unsupported_media_type', 'Send the body without compression.');
  }
};

const textOf = (body: Buffer, type: string | undefined): string => {
  const charset = CHARSET.exec(type ?? '')?.[1];
  if (charset !== undefined && !UTF8.test(charset)) {
    throw new ApiError(
      'unsupported_media_type',
      'Send JSON in UTF-8; other character sets are not supported.',
    );
  }
  const text = utf8Text(body);
  if (text === undefined) {
    throw new ApiError('malformed', 'The body is not UTF-8.');
  }
  return text;
};

/** Looks level by level, since recursion would end in an overflow of the stack itself. */
const isTooDeep = (body: unknown): boolean => {
  let level: readonly unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      return true;
    }
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
};

const refusalOf = (body: unknown): ApiError | undefined => {
  if (body === null) {
    return new ApiError('malformed', 'The body is null; send a JSON object.');
  }
  return isTooDeep(body)
    ? new ApiError('malformed', `The body is nested more than ${MAX_DEPTH} levels deep.`)
    : undefined;
};

/** JSON in UTF-8 only; an empty body under a JSON content type counts as none, as many clients send it with DELETE. */
export const jsonBodyPlugin = fastifyPlugin((app: App, _options: object, done) => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, next): void => {
    let text: string;
    try {
      requireUncompressed(request.headers['content-encoding']);
      text = textOf(body, request.headers['content-type']);
    } catch (error) {
      next(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (text.trim() === '') {
      next(null, undefined);
      return;
    }
    void parse(request, text, (error, parsed: unknown) => {
      next(error ?? refusalOf(parsed) ?? null, parsed);
    });
  });
  done();
});
