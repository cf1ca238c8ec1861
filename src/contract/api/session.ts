import { z } from 'zod';
import { UserView } from './user.ts';

/** GET /me: the requester and what they may do now. */
export const MeResponse = z.object({
  status: z.string(),
  user: UserView,
  must_change_password: z.boolean(),
  /** Seconds until the session ends. */
  expires_in: z.number().int(),
});

export const HealthResponse = z.object({ status: z.string(), version: z.string() });
export const ReadyResponse = z.object({
  status: z.string(),
  database: z.boolean(),
  /** The root CA's key is encrypted and no passphrase was given. */
  sealed: z.boolean(),
  frozen: z.boolean(),
  /** Warnings of the start, which are otherwise visible in the log only. */
  warnings: z.number().int().optional(),
});
