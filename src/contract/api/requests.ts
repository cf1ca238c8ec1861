import { z } from 'zod';
import { FreeText } from '../free-text.ts';
import { HttpDate, ListQuery, SeenVersion } from './response.ts';

export const REQUEST_STATES = ['pending', 'approved', 'rejected'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** The participant that a certificate is requested for; `id` of a server is 1 or 2. */
export const RequestHolder = z.object({
  kind: z.enum(['server', 'client', 'user']),
  id: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
});
export type RequestHolder = z.infer<typeof RequestHolder>;

/** A zip of 90 KiB in base64; those of `nvflare cert request` take 2 KB. */
const MAX_REQUEST_TEXT = 122_880;

/** POST /requests: asks the root CA to sign a key that stays where it was generated. */
export const RequestSubmit = z.object({
  /** `NAME.request.zip` of `nvflare cert request`, or a bare PKCS#10 request (PEM or DER), in base64. */
  request: z
    .string()
    .min(1)
    .max(MAX_REQUEST_TEXT)
    .regex(/^[A-Za-z0-9+/\s]+={0,2}\s*$/, 'is not base64'),
  /** Refuses a request that is for somebody else; without it, its name decides. */
  holder: RequestHolder.optional(),
});
export type RequestSubmit = z.infer<typeof RequestSubmit>;

export const RequestView = z.object({
  id: z.string(),
  /** As `nvflare cert request` chose it; equal to `id` for a bare request. */
  request_id: z.string(),
  form: z.enum(['nvflare', 'pkcs10']),
  holder: RequestHolder,
  /** Common name; the subject of the certificate consists of this, the organization and the role. */
  name: z.string(),
  organization: z.string(),
  /** Empty for a site or server. */
  role: z.string(),
  /** Names the certificate is going to be valid for. */
  alternative_names: z.array(z.string()),
  key_type: z.literal('RSA'),
  key_bits: z.number().int(),
  /** Of the SubjectPublicKeyInfo, lower-case hexadecimal, as in request.json. */
  public_key_sha256: z.string(),
  /** Serial number of the holder's certificate with the same key. */
  renews: z.string().optional(),
  state: z.enum(REQUEST_STATES),
  requested_by: z.string(),
  created_at: HttpDate,
  decided_by: z.string(),
  decided_at: HttpDate.optional(),
  /** Why it was rejected. */
  reason: z.string(),
  /** Of the certificate, once approved. */
  serial: z.string().optional(),
  not_after: HttpDate.optional(),
  /** Command that the holder runs on `NAME.signed.zip`. */
  package_command: z.string().optional(),
  version: SeenVersion,
});
export type RequestView = z.infer<typeof RequestView>;

export const RequestsQuery = ListQuery.pick({ offset: true, limit: true }).extend({
  state: z.enum(REQUEST_STATES).optional(),
});
export const RequestsResponse = z.object({
  status: z.string(),
  requests: z.array(RequestView),
  total: z.number().int(),
});
export const RequestResponse = z.object({
  status: z.string(),
  request: RequestView.extend({
    /** PEM, once approved. */
    certificate: z.string().optional(),
  }),
});
export const RequestParam = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/, 'is no id of a request') });

/** Version that was looked at: a request that has changed since is not decided. */
export const RequestApproval = z.object({ version: SeenVersion });
export const RequestRejection = z.object({ version: SeenVersion, reason: FreeText.min(1) });
