import { z } from 'zod';
import { AuthIdentityMap } from '../kit-settings.ts';
import { Studies } from '../studies.ts';
import { ENCRYPTION_POLICIES } from '../zip-encryption.ts';
import { RELEASE_ORIGINS, TARGET_RELEASES } from '../releases.ts';
import { EmailDomain, MAX_SHORT_NAME } from '../names.ts';
import { FreeLine } from '../free-text.ts';
import { PageColor } from '../color.ts';
import { ProjectDate } from '../project-date.ts';
import { SIGN_UP_MODES } from '../sign-up-modes.ts';
import { SecondFactorRule } from './second-factor.ts';
import { PropsObject } from './response.ts';

export const ProjectView = z.object({
  frozen: z.boolean(),
  /** Settings that a project admin can change now; after freezing only those that no certificate holds. */
  changeable: z.array(z.string()),
  public: z.boolean(),
  cc_mode: z.boolean(),
  short_name: z.string(),
  title: z.string(),
  description: z.string(),
  app_location: z.string(),
  starting_date: z.string(),
  end_date: z.string(),
  server1: z.string(),
  server2: z.string(),
  overseer: z.string(),
  ha_mode: z.boolean(),
  project_props: PropsObject.optional(),
  server_props: PropsObject.optional(),
  num_clients: z.number().int(),
  num_orgs: z.number().int(),
  num_users: z.number().int(),
  /** NVFLARE release the kits are for; settable at any time, since the root CA does not depend on it. */
  target_release: z.enum(TARGET_RELEASES),
  target_release_origin: z.enum(RELEASE_ORIGINS),
  /** `aes256`: startup kits are encrypted with AES-256 only; settable at any time. */
  zip_encryption: z.enum(ENCRYPTION_POLICIES),
  key_bits: z.union([z.literal(2048), z.literal(3072), z.literal(4096)]),
  root_valid_days: z.number().int(),
  leaf_valid_days: z.number().int(),
  /** Whether jobs must be signed (2.8 and later); null where NVFLARE decides, which requires it. */
  require_signed_jobs: z.boolean().nullable(),
  /** Start scripts preload jemalloc, where it is installed (2.7 and later). */
  jemalloc: z.boolean(),
  /** Names in certificates by the full names of cells, besides those that follow from properties (2.9). */
  auth_identity_map: AuthIdentityMap.optional(),
  /** Who takes part in which study, for the server's study_registry.json (2.8 and later). */
  studies: Studies.optional(),
  /** E-mails are sent, such as the link for a forgotten password. */
  mail: z.boolean(),
  sign_up: z.enum(SIGN_UP_MODES),
  /** Domains whose e-mails may sign up in mode `domain`. */
  sign_up_domains: z.array(z.string()),
  /** Person or office to turn to; shown to everybody, as are the next three. */
  contact: z.string(),
  privacy_notice: z.string(),
  terms: z.string(),
  terms_version: z.string(),
  /** `#rrggbb`; empty for the product's own. */
  color: z.string(),
  /** Changes with the logo, for GET /project/logo; empty without one. */
  logo: z.string(),
  /** Who must have a second factor; absent for strangers. */
  second_factor: SecondFactorRule.optional(),
  /** Of the settings, for `If-Match`; absent for strangers. */
  version: z.string().optional(),
});
export type ProjectView = z.infer<typeof ProjectView>;

const text = (max: number) => z.string().max(max).optional();
const host = text(128).describe('Empty, or a host name of 64 characters at most, such as server.example.org');

/** Longest privacy notice and terms, in UTF-16 code units. */
const MAX_NOTICE = 16_384;

/**
 * Texts are checked by the service field by field (an empty text clears a field), so that the response can name
 * each invalid one. Unknown keys are ignored and listed in the response's `ignored`.
 */
export const ProjectPatch = z.looseObject({
  frozen: z.boolean().optional(),
  public: z.boolean().optional(),
  /** Kept for API clients of NVIDIA's dashboard; startup kits do not depend on it. */
  cc_mode: z.boolean().optional(),
  short_name: text(512).describe(
    `Empty, or letters and digits with spaces, dots, hyphens and underscores between them, ${MAX_SHORT_NAME} characters at most`,
  ),
  title: text(512),
  description: text(2048),
  app_location: text(2048),
  starting_date: ProjectDate.optional(),
  end_date: ProjectDate.optional(),
  server1: host,
  server2: host,
  overseer: host,
  ha_mode: z.boolean().optional(),
  project_props: PropsObject.nullish(),
  server_props: PropsObject.nullish(),
  target_release: z.enum(TARGET_RELEASES).optional(),
  zip_encryption: z.enum(ENCRYPTION_POLICIES).optional(),
  key_bits: z.union([z.literal(2048), z.literal(3072), z.literal(4096)]).optional(),
  root_valid_days: z.number().int().min(1).max(36500).optional(),
  leaf_valid_days: z.number().int().min(1).max(3650).optional(),
  second_factor: SecondFactorRule.optional(),
  require_signed_jobs: z.boolean().nullish(),
  jemalloc: z.boolean().optional(),
  auth_identity_map: AuthIdentityMap.nullish(),
  studies: Studies.nullish(),
  /** Sets `public` as well, whatever is sent there: true in modes `domain` and `open`. */
  sign_up: z.enum(SIGN_UP_MODES).optional(),
  sign_up_domains: z.array(EmailDomain).max(50).optional(),
  contact: text(512),
  privacy_notice: text(MAX_NOTICE),
  terms: text(MAX_NOTICE),
  /** People accept the terms in this version: other terms need another one. */
  terms_version: FreeLine.max(64).optional(),
  color: PageColor.optional(),
});
export type ProjectPatch = z.infer<typeof ProjectPatch>;

export const ProjectResponse = z.object({ status: z.string(), project: ProjectView });
export const ProjectPatchResponse = ProjectResponse.extend({
  ignored: z.array(z.string()),
  /** Values that were accepted and will stand in the way later. */
  warnings: z.array(z.object({ path: z.string(), message: z.string() })),
});
