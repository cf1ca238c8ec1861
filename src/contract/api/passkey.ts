import { z } from 'zod';
import { FreeLine } from '../free-text.ts';
import { HttpDate } from './response.ts';

const Base64Url = z.string().max(8192);
/** Ways in which a browser reaches an authenticator. */
export const PasskeyTransport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);
const CredentialId = z.string().min(1).max(1400);
const Descriptor = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.array(PasskeyTransport).optional(),
});

/** `PublicKeyCredentialCreationOptionsJSON` of WebAuthn Level 3, as far as the dashboard uses it. */
export const PasskeyCreationOptions = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number().int() })),
  timeout: z.number().int(),
  excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.object({
    residentKey: z.enum(['discouraged', 'preferred', 'required']),
    requireResidentKey: z.boolean(),
    userVerification: z.enum(['discouraged', 'preferred', 'required']),
  }),
  attestation: z.literal('none'),
});

/** `PublicKeyCredentialRequestOptionsJSON` of WebAuthn Level 3, as far as the dashboard uses it. */
export const PasskeyRequestOptions = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.number().int(),
  allowCredentials: z.array(Descriptor),
  userVerification: z.enum(['discouraged', 'preferred', 'required']),
});

/** `RegistrationResponseJSON`: what a browser returns for a new passkey. */
export const NewPasskeyCredential = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: z.string().max(65_536),
    /** Those that a newer browser may name are left out. */
    transports: z.array(z.string().max(32)).max(16).optional(),
  }),
});
export type NewPasskeyCredential = z.infer<typeof NewPasskeyCredential>;

/** `AuthenticationResponseJSON`: the signature of a passkey. */
export const PasskeySignature = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: Base64Url, authenticatorData: Base64Url, signature: Base64Url }),
});
export type PasskeySignature = z.infer<typeof PasskeySignature>;

export const PasskeyView = z.object({
  id: z.string(),
  name: z.string(),
  /** Host name of the dashboard for which it was created; it works there only. */
  host: z.string(),
  created_at: HttpDate,
  /** Null before the first use. */
  last_used_at: HttpDate.nullable(),
});
export type PasskeyView = z.infer<typeof PasskeyView>;

const PasskeyName = FreeLine.min(1);

export const PasskeyParam = z.object({ id: z.string().max(64) });
export const PasskeyRename = z.object({ name: PasskeyName });
export const PasskeyCreate = z.object({ name: PasskeyName, credential: NewPasskeyCredential });
export const PasskeyChallengeRequest = z.object({ challenge: z.string().max(512) });

export const PasskeyCreationResponse = z.object({ status: z.string(), options: PasskeyCreationOptions });
export const PasskeyRequestResponse = z.object({ status: z.string(), options: PasskeyRequestOptions });
export const PasskeyResponse = z.object({ status: z.string(), passkey: PasskeyView });

/** The codes are in this response only, and empty where the account has some already. */
export const PasskeyCreatedResponse = z.object({
  status: z.string(),
  passkey: PasskeyView,
  recovery_codes: z.array(z.string()),
});
