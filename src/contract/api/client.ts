import { z } from 'zod';
import { FreeText, ShortText } from '../free-text.ts';
import { OrganizationName, SiteName } from '../names.ts';
import { PARTICIPANT_TYPES } from '../participant-type.ts';
import { HttpDate, PropsObject, SeenVersion } from './response.ts';
import { CapacityInput } from './user.ts';

export const ClientView = z.object({
  id: z.number().int(),
  name: z.string(),
  type: z.enum(PARTICIPANT_TYPES),
  organization: z.string(),
  description: z.string(),
  approval_state: z.number().int(),
  approval_reason: z.string(),
  download_count: z.number().int(),
  created_at: HttpDate,
  updated_at: HttpDate,
  capacity: z.object({ num_of_gpus: z.number().int(), mem_per_gpu_in_GiB: z.number().int() }),
  /** E-mail of the user who registered the site; empty where the requester may not see it. */
  creator: z.string(),
  /** Further names that the site's listener certificate carries. */
  alternative_names: z.array(z.string()).optional(),
  props: PropsObject.optional(),
  /** Sent with a decision, it makes sure that nothing has changed since; absent where the site is shown in part. */
  version: z.string().optional(),
});
export type ClientView = z.infer<typeof ClientView>;

export const ClientCreate = z.object({
  name: SiteName,
  /** Fixed once registered; `client` (a site) unless given. A relay needs `listening_host` among its properties. */
  type: z.enum(PARTICIPANT_TYPES).optional(),
  organization: OrganizationName.optional(),
  description: FreeText.optional(),
  capacity: CapacityInput.optional(),
  props: PropsObject.nullish(),
});
export type ClientCreate = z.infer<typeof ClientCreate>;

/** A new name or organization follows the rule of {@link ClientCreate}; one that stays may be older than the rule. */
export const ClientPatch = z.object({
  name: ShortText.optional(),
  /** Refused unless it is what the participant is registered as. */
  type: z.enum(PARTICIPANT_TYPES).optional(),
  organization: ShortText.optional(),
  description: FreeText.optional(),
  capacity: CapacityInput.optional(),
  props: PropsObject.nullish(),
  approval_state: z.number().int().min(-1000).max(1000).optional(),
  approval_reason: FreeText.optional(),
  /** E-mail of the org admin who takes the site over; project admin only. */
  creator: z.string().max(254).optional(),
  version: SeenVersion.optional(),
});
export type ClientPatch = z.infer<typeof ClientPatch>;

export const ClientResponse = z.object({
  status: z.string(),
  client: ClientView,
  /** Keys of the properties sent that no startup kit uses, such as `props.conect_to`. */
  ignored: z.array(z.string()).optional(),
});
export const ClientsResponse = z.object({
  status: z.string(),
  client_list: z.array(ClientView),
  total: z.number().int(),
});
