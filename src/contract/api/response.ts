import { APPROVALS } from '../approval.ts';
import { FACTORS, FIELD_CODES } from '../errors.ts';
import { ROLES } from '../roles.ts';
import { z } from 'zod';

/** Every response carries `status`: "ok", or a short reason. */
export const StatusResponse = z.object({ status: z.string() });

/** An input that was refused; `code` is absent when it breaks the rule that its schema states. */
export const RefusedField = z.object({
  path: z.string(),
  message: z.string(),
  code: z.enum(FIELD_CODES).optional(),
});

/** A value when it was looked at (null where it is not kept any more) and now. */
export const SeenChange = z.object({ field: z.string(), seen: z.string().nullable(), now: z.string() });

/**
 * Version that somebody saw when deciding, as the API returned it. A decision with it is refused with 409 `changed` when
 * any of it is different now.
 */
export const SeenVersion = z.string().max(64);

export const ErrorResponse = z.object({
  status: z.string(),
  /** Stable, see the table of errors. */
  code: z.string(),
  message: z.string(),
  request_id: z.string(),
  /** The invalid inputs, if any. */
  fields: z.array(RefusedField).optional(),
  /** With code `denied`: why the project admin denied the request; empty when no reason was given. */
  reason: z.string().optional(),
  /** With code `changed`: what differs from what was seen. */
  changes: z.array(SeenChange).optional(),
  /**
   * For the next step, within 5 minutes; it is no session. With code `second_factor_required`: POST
   * /login/second-factor; with `denied`: POST /login/ask-again.
   */
  challenge: z.string().optional(),
  /** With the same code: what can be used besides recovery codes; passkeys of other host names are left out. */
  factors: z.array(z.enum(FACTORS)).optional(),
});
export type ErrorResponse = z.infer<typeof ErrorResponse>;

/** HTTP date (RFC 9110, 5.6.7), such as "Mon, 23 Nov 2026 20:34:11 GMT". */
export const HttpDate = z.string();

/** JSON object of properties; its text may take 2,048 characters at most. */
export const PropsObject = z.record(z.string().max(128), z.unknown());

/** A number in a URL: decimal digits only; `Number` would accept `0x1`, ` 1` and `1e0` as well. */
export const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (text) => (typeof text === 'string' && /^\d{1,16}$/.test(text) ? Number(text) : text),
    z.number().int().min(least).max(most),
  );

export const IdParam = z.object({ id: wholeNumber(1, Number.MAX_SAFE_INTEGER) });

/** Paging, filter and sort of the lists; without them the whole list is returned, as NVIDIA's API does. */
export const ListQuery = z.object({
  offset: wholeNumber(0, 1_000_000).optional(),
  limit: wholeNumber(1, 1000).optional(),
  q: z.string().max(128).optional(),
  sort: z.string().max(64).optional(),
});

/** Narrows a list of what can be approved; `organization` is the exact name. */
const PeopleQuery = ListQuery.extend({
  approval: z.enum(APPROVALS).optional(),
  organization: z.string().max(512).optional(),
});
export const UsersQuery = PeopleQuery.extend({ role: z.enum(ROLES).optional() });
export const SitesQuery = PeopleQuery.extend({
  /** User who owns the sites. */
  owner: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  /** Whether a startup kit was ever downloaded. */
  kit: z.enum(['none', 'downloaded']).optional(),
});
