import { z } from 'zod';
import { MAX_TOKEN_DAYS, SCOPES } from '../token-scopes.ts';
import { FreeLine } from '../free-text.ts';
import { HttpDate } from './response.ts';

export const Scope = z.enum(SCOPES);
export type Scope = z.infer<typeof Scope>;

const DEFAULT_TOKEN_DAYS = 90;

export const AccessTokenCreate = z.object({
  name: FreeLine.min(1),
  scopes: z.array(Scope).min(1).max(SCOPES.length),
  expires_in_days: z.number().int().min(1).max(MAX_TOKEN_DAYS).default(DEFAULT_TOKEN_DAYS),
});
export type AccessTokenCreate = z.infer<typeof AccessTokenCreate>;

export const AccessTokenView = z.object({
  id: z.string(),
  name: z.string(),
  /** E-mail of the owner, whose rights it carries. */
  owner: z.string(),
  scopes: z.array(Scope),
  created_at: HttpDate,
  expires_at: HttpDate,
  expired: z.boolean(),
  /** To the minute; null before the first use. */
  last_used_at: HttpDate.nullable(),
});
export type AccessTokenView = z.infer<typeof AccessTokenView>;

export const AccessTokensResponse = z.object({
  status: z.string(),
  access_tokens: z.array(AccessTokenView),
});
/** `token` is in this response only; the dashboard keeps a hash. */
export const AccessTokenResponse = z.object({
  status: z.string(),
  access_token: AccessTokenView,
  token: z.string(),
});
export const AccessTokenQuery = z.object({ all: z.enum(['true', 'false']).optional() });
export const AccessTokenParam = z.object({ id: z.string().max(64) });
