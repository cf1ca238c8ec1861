import { z } from 'zod';
import { PasskeySignature, PasskeyView } from './passkey.ts';
import { HttpDate } from './response.ts';

/** Who must have a second factor: nobody, project admins, these and organization admins, or everybody. */
export const SECOND_FACTOR_RULES = ['nobody', 'project_admins', 'admins', 'everybody'] as const;
export const SecondFactorRule = z.enum(SECOND_FACTOR_RULES);
export type SecondFactorRule = z.infer<typeof SecondFactorRule>;

/** Six digits of an authenticator app, or a recovery code. */
export const FactorCode = z.string().max(64);

/** Either of both. */
export const FactorProofRequest = z.object({
  code: FactorCode.optional(),
  passkey: PasskeySignature.optional(),
});
export type FactorProofRequest = z.infer<typeof FactorProofRequest>;

export const LoginStepRequest = FactorProofRequest.extend({ challenge: z.string().max(512) });
export const CodeRequest = z.object({ code: FactorCode });

export const SecondFactorResponse = z.object({
  status: z.string(),
  /** The project's rule demands one of this account. */
  required: z.boolean(),
  /** When the authenticator app was set up; null without one. */
  totp_since: HttpDate.nullable(),
  passkeys: z.array(PasskeyView),
  /** Unused recovery codes. */
  recovery_codes_left: z.number().int(),
});

/** The secret is in this response only; it counts once a code has confirmed it. */
export const TotpSecretResponse = z.object({
  status: z.string(),
  /** Base32 (RFC 4648), for typing it in. */
  secret: z.string(),
  /** `otpauth://` address, for a QR code. */
  uri: z.string(),
});

/** The codes are in this response only, each works once; empty where a passkey came with codes before. */
export const RecoveryCodesResponse = z.object({
  status: z.string(),
  recovery_codes: z.array(z.string()),
});
