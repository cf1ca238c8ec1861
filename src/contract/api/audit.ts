import { z } from 'zod';
import { wholeNumber } from './response.ts';

export const AuditRow = z.object({
  id: z.number().int(),
  /** ISO 8601, UTC. */
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  target: z.string(),
  address: z.string(),
  request_id: z.string(),
  detail: z.record(z.string(), z.unknown()),
  /** Hash chain: HMAC-SHA-256 over the previous row's hash and this row's content, lower-case hexadecimal. */
  hash: z.string(),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const AuditQuery = z.object({
  before: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  limit: wholeNumber(1, 1000).optional(),
  actor: z.string().max(254).optional(),
  action: z.string().max(64).optional(),
  target: z.string().max(254).optional(),
  /** Case-insensitive text in actor, action, subject or address. */
  q: z.string().max(254).optional(),
  /** Earliest time, inclusive; ISO 8601, UTC. */
  since: z.iso.datetime().optional(),
  /** Latest time, exclusive; ISO 8601, UTC. */
  until: z.iso.datetime().optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
export const AuditResponse = z.object({
  status: z.string(),
  audit: z.array(AuditRow),
  total: z.number().int(),
  /** False when a row of the chain was removed or changed. */
  intact: z.boolean(),
  /** The last row that cannot be checked since its key is lost; 0 for none. */
  unproven_until: z.number().int(),
});
