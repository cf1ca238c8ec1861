import { z } from 'zod';
import { FreeLine, FreeText } from '../free-text.ts';
import { LANGUAGES } from '../languages.ts';
import { Email, OptionalOrganizationName, SiteName } from '../names.ts';
import { HttpDate, PropsObject, SeenVersion } from './response.ts';

export const UserView = z.object({
  id: z.number().int(),
  name: z.string(),
  email: z.string(),
  organization: z.string(),
  role: z.string(),
  description: z.string(),
  approval_state: z.number().int(),
  /** Why the request was denied; empty when none was given. */
  approval_reason: z.string(),
  download_count: z.number().int(),
  created_at: HttpDate,
  updated_at: HttpDate,
  /** `unasked`: the account was created while no e-mails were sent, or by a project admin. */
  email_state: z.enum(['unasked', 'unconfirmed', 'confirmed']),
  /** Language of the page that this person chose; empty for the browser's. */
  language: z.string(),
  props: PropsObject.optional(),
  /** Version of the terms that this person accepted last, and when; empty for none. */
  terms_version: z.string(),
  terms_accepted_at: HttpDate.or(z.literal('')),
  /** Whether the account has a second factor; in the list of a project admin only. */
  second_factor: z.boolean().optional(),
  /** Objections of the organization's admins, for them and the project admin; absent without any. */
  objections: z.array(z.object({ by: z.string(), reason: z.string(), at: HttpDate })).optional(),
  /** Sent with a decision, it makes sure that nothing has changed since. */
  version: z.string(),
});
export type UserView = z.infer<typeof UserView>;

/** Capacity; `num_gpus` is the older spelling of `num_of_gpus`. */
export const CapacityInput = z.object({
  num_of_gpus: z.number().int().min(0).max(1024).optional(),
  num_gpus: z.number().int().min(0).max(1024).optional(),
  mem_per_gpu_in_GiB: z.number().int().min(0).max(65535).optional(),
});

const SignUpSite = z.object({
  name: SiteName,
  description: FreeText.optional(),
  capacity: CapacityInput.optional(),
});

const MAX_SIGN_UP_SITES = 20;

/** Sign-up. Role and organization may follow in a second step; `sites` come with an org admin's sign-up. */
export const UserCreate = z.object({
  email: Email,
  password: z.string().max(1024),
  name: FreeLine.optional(),
  description: FreeText.optional(),
  organization: OptionalOrganizationName.optional(),
  role: z.string().max(64).optional(),
  sites: z.array(SignUpSite).max(MAX_SIGN_UP_SITES).optional(),
  /** Token of an invitation, which says organization and role and approves the account. */
  invitation: z.string().max(128).optional(),
  /** The `terms_version` that was accepted; needed where the project has terms. */
  accepted_terms: z.string().max(64).optional(),
});
export type UserCreate = z.infer<typeof UserCreate>;

export const ObjectionRequest = z.object({ reason: FreeText });

export const UserPatch = z.object({
  name: FreeLine.optional(),
  description: FreeText.optional(),
  organization: OptionalOrganizationName.optional(),
  role: z.string().max(64).optional(),
  password: z.string().max(1024).optional(),
  current_password: z.string().max(1024).optional(),
  approval_state: z.number().int().min(-1000).max(1000).optional(),
  approval_reason: FreeText.optional(),
  props: PropsObject.nullish(),
  language: z.enum(LANGUAGES).optional(),
  version: SeenVersion.optional(),
  /** Who objects to this request (e-mails) and is overruled by the approval. */
  override_objections: z.array(z.string().max(254)).max(100).optional(),
});
export type UserPatch = z.infer<typeof UserPatch>;

/** `client` beside `user`: early API clients read it under that name. */
export const UserResponse = z.object({
  status: z.string(),
  user: UserView,
  client: UserView.optional(),
  /** Keys of the properties sent that no startup kit uses, such as `props.conect_to`. */
  ignored: z.array(z.string()).optional(),
});
export const UsersResponse = z.object({
  status: z.string(),
  user_list: z.array(UserView),
  client_list: z.array(UserView).optional(),
  /** Rows that match the filter, before paging. */
  total: z.number().int(),
});
