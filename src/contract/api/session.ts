import { z } from 'zod';
import { HttpDate } from './response.ts';
import { FactorProofRequest } from './second-factor.ts';
import { UserView } from './user.ts';

/** GET /me: the requester and what they may do now. */
export const MeResponse = z.object({
  status: z.string(),
  user: UserView,
  must_change_password: z.boolean(),
  /** `required`: the project demands one, and nothing else is allowed before it is set up. */
  second_factor: z.enum(['none', 'enrolled', 'required']),
  /** The session was opened by single sign-on. */
  external: z.boolean(),
  /** The account is connected with an identity provider. */
  connected: z.boolean(),
  /** Seconds until the session ends unless it is used again. */
  expires_in: z.number().int(),
  /** Seconds until the session ends however much it is used. */
  max_expires_in: z.number().int(),
});

/** `location`: where the browser logs out at the identity provider, after a log-in there. */
export const LogoutResponse = z.object({ status: z.string(), location: z.string().optional() });

/** One of the own sessions. */
export const SessionView = z.object({
  id: z.string(),
  /** The session of this very request. */
  current: z.boolean(),
  created_at: HttpDate,
  /** To the minute. */
  last_used_at: HttpDate,
  /** When it ends unless it is used. */
  expires_at: HttpDate,
  /** IP address of the log-in. */
  address: z.string(),
  /** Name that the browser or program gave itself at log-in. */
  user_agent: z.string(),
});
export type SessionView = z.infer<typeof SessionView>;

export const SessionsResponse = z.object({ status: z.string(), sessions: z.array(SessionView) });
export const SessionParam = z.object({ id: z.string().max(64) });
/** `code` or `passkey` for accounts with a second factor. */
export const ConfirmRequest = FactorProofRequest.extend({ password: z.string().max(1024) });

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
