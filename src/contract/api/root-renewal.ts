import { z } from 'zod';
import { CERTIFICATE_KINDS, KEY_ORIGINS } from '../revocation.ts';
import { HttpDate } from './response.ts';

const MAX_PEM = 65_536;
const MAX_VALID_DAYS = 36_500;

/** A participant and the certificate that it uses. */
const RenewalParticipant = z.object({
  kind: z.enum(CERTIFICATE_KINDS),
  name: z.string(),
  organization: z.string(),
  serial: z.string(),
  not_after: HttpDate,
  key_origin: z.enum(KEY_ORIGINS),
});
export type RenewalParticipant = z.infer<typeof RenewalParticipant>;

const RootFacts = z.object({
  /** SHA-256 of the certificate, upper-case pairs with colons. */
  fingerprint_sha256: z.string(),
  not_after: HttpDate,
});

/** Progress of a renewal of the root CA: the participants that still have the former root certificate. */
export const RootProgress = z.object({
  root: RootFacts,
  /** The certificate that was replaced last; absent before the first renewal. */
  earlier: RootFacts.extend({ replaced_at: HttpDate }).optional(),
  /** Participants with a certificate in use. */
  total: z.number().int(),
  /** Of these, whose last kit has the present root certificate. */
  renewed: z.number().int(),
  waiting: z.array(RenewalParticipant),
});
export type RootProgress = z.infer<typeof RootProgress>;
export const RootProgressResponse = z.object({ status: z.string(), renewal: RootProgress });

/** The next certificate of the root CA, for the same key. */
export const RootRenewal = z.strictObject({
  /** Of a self-signed root; the project's `root_valid_days` without. */
  valid_days: z.number().int().min(1).max(MAX_VALID_DAYS).optional(),
  /** Certificate that another CA issued for the same key, with the CAs above it; for a root that another CA signed. */
  certificate: z.string().min(1).max(MAX_PEM).optional(),
});
export type RootRenewal = z.infer<typeof RootRenewal>;

/** POST /ca/renewal: the renewal, and the version of the plan that was looked at. */
export const RootRenewalRequest = RootRenewal.extend({ version: z.string().regex(/^[0-9a-f]{64}$/) });

export const RootPlan = z.object({
  /** SHA-256 of the plan: a renewal is done only if it would still concern the same. */
  version: z.string(),
  before: RootFacts,
  /** When the next certificate expires. */
  not_after: HttpDate,
  /** Everybody who needs the next kit before the present certificate expires. */
  kits: z.array(RenewalParticipant),
  /** Of a root that another CA signed: the request for it (PKCS#10, PEM). */
  request: z.string().optional(),
});
export type RootPlan = z.infer<typeof RootPlan>;
export const RootPlanResponse = z.object({ status: z.string(), plan: RootPlan });
