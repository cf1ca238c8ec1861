import { z } from 'zod';

/** Every answer carries `status`: "ok", or a short reason. */
export const StatusAnswer = z.object({ status: z.string() });

export const ErrorAnswer = z.object({
  status: z.string(),
  /** Stable, see the table of errors. */
  code: z.string(),
  message: z.string(),
  request_id: z.string(),
  /** Which input was wrong, where one was. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** With code `denied`: why the project admin denied the request; empty when no reason was given. */
  reason: z.string().optional(),
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;

/** HTTP date (RFC 9110, 5.6.7), such as "Mon, 23 Nov 2026 20:34:11 GMT". */
export const HttpDate = z.string();

/** JSON object of properties; its text may take 2,048 characters at most. */
export const PropsObject = z.record(z.string().max(128), z.unknown());

export const IdParam = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** Paging, filter and sort of the lists; without them the whole list comes (orig). */
export const ListQuery = z.object({
  offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  q: z.string().max(128).optional(),
  sort: z.string().max(64).optional(),
});
