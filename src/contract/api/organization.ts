import { z } from 'zod';
import { FreeLine, HIDDEN_FOUND, hasHiddenCharactersInLines } from '../free-text.ts';
import { OrganizationName } from '../names.ts';
import { ListQuery } from './response.ts';

export const OrganizationsQuery = ListQuery.pick({ offset: true, limit: true, q: true });
export const OrganizationsResponse = z.object({
  status: z.string(),
  client_list: z.array(z.object({ name: z.string() })),
  org_list: z.array(z.string()),
  /** The same organizations with the name that people know them by; empty where nobody has set one. */
  organizations: z.array(z.object({ name: z.string(), display_name: z.string() })),
  /** All organizations, before paging. */
  total: z.number().int(),
});

const Contacts = z
  .string()
  .max(2048)
  .refine((text) => !hasHiddenCharactersInLines(text), HIDDEN_FOUND);

export const OrganizationParam = z.object({ name: z.string().max(64) });

export const OrganizationView = z.object({
  /** As certificates carry it. */
  name: z.string(),
  /** As people know it; empty where nobody has set one. */
  display_name: z.string(),
  /** People to reach, in free text; empty for members of other organizations. */
  contacts: z.string(),
  users: z.number().int(),
  sites: z.number().int(),
  /** Certificates that carry the name; while there are any, it cannot be changed. */
  certificates: z.number().int(),
  /** Other organizations whose names look alike. */
  similar: z.array(z.string()),
});
export type OrganizationView = z.infer<typeof OrganizationView>;

export const OrganizationResponse = z.object({ status: z.string(), organization: OrganizationView });

/** Without `name` it is derived from the display name. */
export const OrganizationCreate = z.object({
  display_name: FreeLine,
  name: OrganizationName.optional(),
  contacts: Contacts.default(''),
});
export type OrganizationCreate = z.infer<typeof OrganizationCreate>;

export const OrganizationPatch = z.object({
  display_name: FreeLine.optional(),
  contacts: Contacts.optional(),
  /** Another certificate name, while no certificate carries the present one. */
  name: OrganizationName.optional(),
});
export type OrganizationPatch = z.infer<typeof OrganizationPatch>;

/** `into`: the organization that users, sites and invitations move to. */
export const OrganizationMerge = z.object({ into: z.string().max(64) });
