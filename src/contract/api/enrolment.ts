import { z } from 'zod';
import { MAX_ENROLMENT_DAYS, MAX_ENROLMENT_USES } from '../enrolment-limits.ts';
import { MAX_COMMON_NAME, OrganizationName } from '../names.ts';
import { RequestSubmit, REQUEST_STATES } from './requests.ts';
import { HttpDate } from './response.ts';

export const ENROLMENT_APPROVALS = ['at_once', 'pending'] as const;
export const ENROLMENT_TOKEN_STATES = ['usable', 'used_up', 'expired', 'ended'] as const;

const DEFAULT_DAYS = 14;
const MAX_NAME = 40;

/** Name of a site in which `*` stands for any characters. */
export const NamePattern = z
  .string()
  .max(MAX_COMMON_NAME, `is longer than ${MAX_COMMON_NAME} characters, the limit of a certificate name`)
  .regex(
    /^[-A-Za-z0-9_*]+$/,
    'may hold letters, digits, hyphens and underscores only, and * for any of these',
  );

/** POST /enrolment-tokens */
export const EnrolmentTokenCreate = z.object({
  /** Named in the ledger and the audit log. */
  name: z
    .string()
    .min(1)
    .max(MAX_NAME, `is longer than ${MAX_NAME} characters`)
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9 ._-]*$/,
      'may hold letters, digits, spaces, dots, hyphens and underscores only',
    ),
  organization: OrganizationName,
  name_pattern: NamePattern,
  /** `at_once`: whatever the token enrols is approved; `pending`: the project admin decides on each. */
  approval: z.enum(ENROLMENT_APPROVALS).default('pending'),
  uses: z.number().int().min(1).max(MAX_ENROLMENT_USES).default(1),
  expires_in_days: z.number().int().min(1).max(MAX_ENROLMENT_DAYS).default(DEFAULT_DAYS),
});
export type EnrolmentTokenCreate = z.infer<typeof EnrolmentTokenCreate>;

export const EnrolmentTokenView = z.object({
  id: z.string(),
  name: z.string(),
  organization: z.string(),
  name_pattern: z.string(),
  approval: z.enum(ENROLMENT_APPROVALS),
  max_uses: z.number().int(),
  uses: z.number().int(),
  state: z.enum(ENROLMENT_TOKEN_STATES),
  /** E-mail of the project admin. */
  created_by: z.string(),
  created_at: HttpDate,
  expires_at: HttpDate,
  /** Null before the first use. */
  last_used_at: HttpDate.nullable(),
});
export type EnrolmentTokenView = z.infer<typeof EnrolmentTokenView>;

export const EnrolmentTokensResponse = z.object({
  status: z.string(),
  enrolment_tokens: z.array(EnrolmentTokenView),
});
/** `token` is in this response only; the dashboard keeps a hash. */
export const EnrolmentTokenResponse = z.object({
  status: z.string(),
  enrolment_token: EnrolmentTokenView,
  token: z.string(),
});
export const EnrolmentTokenParam = z.object({ id: z.string().max(64) });

/** POST /enrolments, with the enrolment token as bearer */
export const EnrolmentSubmit = RequestSubmit.pick({ request: true }).extend({
  /** Another certificate for the key that the site has, instead of one for a new site. */
  renew: z.boolean().default(false),
});
export type EnrolmentSubmit = z.infer<typeof EnrolmentSubmit>;

export const EnrolmentView = z.object({
  id: z.string(),
  state: z.enum(REQUEST_STATES),
  name: z.string(),
  organization: z.string(),
  /** Why it was rejected. */
  reason: z.string(),
  /** PEM, once approved. */
  certificate: z.string().optional(),
  /** PEM. */
  root_certificate: z.string(),
  not_after: HttpDate.optional(),
});
export type EnrolmentView = z.infer<typeof EnrolmentView>;
export const EnrolmentResponse = z.object({ status: z.string(), enrolment: EnrolmentView });
