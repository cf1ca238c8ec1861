import { MIN_PASSPHRASE } from '../passphrase.ts';
import { z } from 'zod';
import { ZIP_ENCRYPTIONS } from '../zip-encryption.ts';
import { CERTIFICATE_KINDS, CERTIFICATE_STATES, KEY_ORIGINS, REVOCATION_REASONS } from '../revocation.ts';
import { HttpDate, ListQuery, wholeNumber } from './response.ts';

/** GET /ca: what every member of the project may know about its root CA. */
export const RootCaResponse = z.object({
  status: z.string(),
  certificate: z.string(),
  /** SHA-256 of the DER, upper-case pairs with colons. */
  fingerprint_sha256: z.string(),
  subject: z.string(),
  /** Other than the subject where another CA signed it. */
  issuer: z.string(),
  /** PEM of the CAs above, the nearest first; absent for a self-signed root. */
  chain: z.string().optional(),
  not_before: HttpDate,
  not_after: HttpDate,
  sealed: z.boolean(),
  /** For project admins: false while the key is stored without a passphrase. */
  key_encrypted: z.boolean().optional(),
  /** For project admins: `token` where the key is in hardware, reached through PKCS#11. */
  key_location: z.enum(['database', 'token']).optional(),
  /** The revocation list; it cannot be renewed while the root key is sealed. */
  crl: z
    .object({
      number: z.number().int(),
      this_update: HttpDate,
      next_update: HttpDate,
      /** It holds every certificate revoked so far. */
      complete: z.boolean(),
    })
    .optional(),
});

export const UnsealRequest = z.object({ passphrase: z.string().min(1).max(1024) });

/** POST /passphrase: encrypts the root key under another passphrase; no `current` while it is not encrypted. */
export const PassphraseRequest = z.object({
  current: z.string().max(1024).optional(),
  passphrase: z.string().min(MIN_PASSPHRASE, `is shorter than ${MIN_PASSPHRASE} characters`).max(1024),
});

/** One row of the ledger of issued certificates (GET /kits). */
export const LedgerRow = z.object({
  id: z.number().int(),
  kind: z.string(),
  common_name: z.string(),
  /** All names the certificate is valid for; empty for one issued before they were recorded. */
  subject_alt_names: z.array(z.string()),
  serial: z.string(),
  sha256: z.string(),
  not_before: HttpDate,
  not_after: HttpDate,
  requested_by: z.string(),
  created_at: HttpDate,
  state: z.enum(CERTIFICATE_STATES),
  key_origin: z.enum(KEY_ORIGINS),
  /** Organization that it was issued for; empty for certificates issued before this was recorded. */
  organization: z.string(),
  role: z.string(),
  /** Present state of the holder; absent for the server and for a holder who has been deleted. */
  holder: z
    .object({
      kind: z.enum(['client', 'user']),
      id: z.number().int(),
      organization: z.string(),
      role: z.string(),
    })
    .optional(),
  /** Serial number of the holder's next certificate. */
  superseded_by: z.string().optional(),
  /** The kit, or the certificate in it, is not what it would be now, and the holder has not fetched the next one. */
  outdated: z.enum(['kit', 'certificate']).optional(),
  revoked_at: HttpDate.optional(),
  revocation_reason: z.enum(REVOCATION_REASONS).optional(),
});
export type LedgerRow = z.infer<typeof LedgerRow>;
export const LedgerQuery = ListQuery.extend({
  state: z.enum(CERTIFICATE_STATES).optional(),
  kind: z.enum(CERTIFICATE_KINDS).optional(),
  /** With `holder_id`: those of one site or user. */
  holder: z.enum(['client', 'user']).optional(),
  holder_id: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  /** `awaited`: only those whose kit is outdated and whose holder has not fetched the next one. */
  next_kit: z.enum(['awaited']).optional(),
  /** In use, and expiring within so many days. */
  within: wholeNumber(1, 36_500).optional(),
});
export const LedgerResponse = z.object({
  status: z.string(),
  kits: z.array(LedgerRow),
  total: z.number().int(),
});

export const KitRequest = z.object({
  pin: z.string().max(1024).optional(),
  /** Without it the kit gets what the project prescribes, or ZipCrypto. */
  encryption: z.enum(ZIP_ENCRYPTIONS).optional(),
});
export type KitRequest = z.infer<typeof KitRequest>;
